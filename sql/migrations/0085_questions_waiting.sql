-- How many questions wait before another is told twice a second to whoever waits: the answered ones are not read for it.
create index preview_asked on admin_data.preview (asked_at) where state = 'asked';
