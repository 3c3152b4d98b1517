-- When the record of a session was handed to the workstation that goes on with it (taken_by): two logins of one operator in the same
-- second do not both take the same drafts.

alter table admin_data.session add column handed_at timestamptz;
