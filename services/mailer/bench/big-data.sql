-- A season of mails: sent, dead, and none that is due, so that nothing is sent while we measure.
insert into messages (service, idempotency_key, position, template, recipient, subject, parameters,
  status, attempts, created_at, sent_at)
select (array['core', 'events', 'statutory', 'discounts'])[1 + n % 4], 'key-' || n, 0,
       (array['confirm_email', 'password_reset', 'member_joined', 'custom'])[1 + n % 4],
       'user' || n % 10000 || '@example.org', 'Subject ' || n, '{}',
       case n % 200 when 0 then 'dead' else 'sent' end, 1, now() - interval '1 minute' * n,
       case n % 200 when 0 then null else now() - interval '1 minute' * n end
  from generate_series(1, 50000) n;

analyze;
