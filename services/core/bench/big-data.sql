-- An association of the real size: `bench.members` members, 10 000 when it is not set, 250 bodies with two circles each, half of the members in one more body.
insert into bodies (id, name, description, code, email, founded_at)
select 1000 + n, 'AEGEE-Town ' || n, 'Town ' || n,
       'Z' || chr(65 + n / 26) || chr(65 + n % 26), 'town' || n || '@example.org', '1990-01-01'
  from generate_series(1, 247) as n;

insert into circles (id, name, description, body_id, parent_circle_id)
select 10000 + n * 2 + side, case side when 0 then 'Members ' else 'Board ' end || n, 'x', 1000 + n, case side when 0 then 1 else 2 end
  from generate_series(1, 247) as n, generate_series(0, 1) as side;

update bodies set shadow_circle_id = 10000 + (id - 1000) * 2 where id > 1000;

insert into users (id, username, email, password_hash, mail_confirmed_at, first_name, last_name, primary_body_id)
select 100000 + n, 'user' || n, 'user' || n || '@example.org', '', now(), 'First' || n % 700, 'Last' || n % 3000, 1001 + n % 247
  from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000)) as n;

insert into body_memberships (body_id, user_id)
select 1001 + n % 247, 100000 + n from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000)) as n
 union
select 1001 + (n * 7) % 247, 100000 + n from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000), 2) as n;

insert into circle_memberships (circle_id, user_id)
select bodies.shadow_circle_id, user_id
  from body_memberships join bodies on bodies.id = body_id
 where body_id > 1000;

insert into circle_memberships (circle_id, user_id)
select 10000 + (1 + n % 247) * 2 + 1, 100000 + n from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000) * 15 / 100) as n;

insert into join_requests (body_id, user_id, status)
select 1, 100000 + n, case n % 3 when 0 then 'pending' else 'approved' end from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000) * 3 / 10) as n;

insert into payments (body_id, user_id, starts, expires, amount, currency)
select 1001 + n % 247, 100000 + n, '2026-01-01', '2026-12-31', 20, 'EUR' from generate_series(1, coalesce(current_setting('bench.members', true)::int, 10000)) as n;

analyze;
