-- A session an administrator ended is not joined again: its workstation goes to the login, what was typed waits there.
alter table admin_data.session add column closed_at timestamptz;
