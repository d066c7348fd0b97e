-- kind: expand
-- For the job that deletes what was sent long ago.
create index messages_sent on messages (sent_at) where status = 'sent';
