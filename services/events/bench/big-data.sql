-- Three years of events, one of them with 2 000 applications. Ids of people and bodies are those of core's big data.
insert into events (id, name, url, description, application_starts, application_ends, starts, ends,
  organizing_bodies, type, status, organizers, questions)
select n, 'Event ' || n, 'event-' || n, repeat('A description. ', 50),
       now() + interval '1 day' * (n % 300 - 30), now() + interval '1 day' * (n % 300 - 20),
       now() + interval '1 day' * (n % 300), now() + interval '1 day' * (n % 300 + 5),
       jsonb_build_array(jsonb_build_object('body_id', 1001 + n % 247, 'body_name', 'AEGEE-Town ' || 1 + n % 247)),
       (array['training', 'nwm', 'conference', 'cultural'])[1 + n % 4],
       (array['published', 'published', 'published', 'draft', 'submitted'])[1 + n % 5],
       jsonb_build_array(jsonb_build_object(
         'user_id', case n % 50 when 0 then 1 else 100000 + n end, 'first_name', 'First', 'last_name', 'Last')),
       '[{"type": "text", "description": "Why?", "required": false}]'
  from generate_series(1, 1500) n;

insert into applications (event_id, user_id, body_id, body_name, first_name, last_name, email, status,
  confirmed, answers, agreed_to_privacy_policy)
select 1, 100000 + n, 1001 + n % 247, 'AEGEE-Town ' || 1 + n % 247, 'First' || n % 700, 'Last' || n % 3000,
       'user' || n || '@example.org', 'accepted', n % 2 = 0, jsonb_build_array(repeat('Because. ', 20)), true
  from generate_series(1, 2000) n;
insert into applications (event_id, user_id, body_id, body_name, first_name, last_name, email, status,
  answers, agreed_to_privacy_policy)
select 2 + n % 1400, case when n % 100 = 0 then 1 else 100000 + n end, 1001 + n % 247, 'AEGEE-Town', 'First' || n % 700,
       'Last' || n % 3000, 'user' || n || '@example.org', 'pending', '["So."]', true
  from generate_series(1, 10000) n
    on conflict do nothing;

analyze;
