-- An Agora as big as they come: 2 000 applications from 247 bodies, a members list of each, votes, elections, a plenary.
-- Ids of people and bodies are those of core's big data.
insert into events (id, name, url, type, status, description, starts, ends, application_period_starts,
  application_period_ends, board_approve_deadline, participants_list_publish_deadline,
  memberslist_submission_deadline, draft_proposal_deadline, final_proposal_deadline,
  candidature_deadline, booklet_publication_deadline, updated_booklet_publication_deadline, fee,
  body_id, questions)
select n, 'Agora ' || n, 'agora-' || n, 'agora', 'published', 'The general assembly.',
       now() - interval '180 days' * (n - 1) + interval '10 days',
       now() - interval '180 days' * (n - 1) + interval '14 days',
       now() - interval '180 days' * (n - 1) - interval '40 days',
       now() - interval '180 days' * (n - 1) - interval '30 days',
       now() - interval '180 days' * (n - 1) - interval '20 days',
       now() - interval '180 days' * (n - 1) - interval '10 days',
       now() - interval '180 days' * (n - 1) + interval '1 day',
       now() - interval '180 days' * (n - 1) - interval '30 days',
       now() - interval '180 days' * (n - 1) - interval '20 days',
       now() - interval '180 days' * (n - 1) + interval '2 days',
       now() - interval '180 days' * (n - 1) - interval '10 days',
       now() - interval '180 days' * (n - 1) - interval '5 days',
       60, 1, '[{"type": "text", "description": "Why?", "required": true}]'
  from generate_series(1, 20) n;
insert into application_counters (event_id, last_number)
select n, case n when 1 then 2000 else 0 end from generate_series(1, 20) n;

insert into applications (statutory_id, event_id, user_id, body_id, body_name, first_name,
  last_name, nationality, meals, number_of_events_visited, answers, participant_type,
  participant_order, status, confirmed, registered)
select '001-' || lpad(n::text, 4, '0'), 1, 100000 + n, 1001 + n % 247, 'AEGEE-Town ' || 1 + n % 247,
       'First' || n % 700, 'Last' || n % 3000, 'Testlandish', 'Vegan', 3,
       jsonb_build_array(repeat('Because. ', 20)),
       case when n / 247 < 3 then 'delegate' else 'visitor' end, n / 247 + 1,
       case when n % 10 = 0 then 'pending' else 'accepted' end, n % 10 > 1, n % 10 > 2
  from generate_series(1, 2000) n;

insert into members_lists (event_id, body_id, user_id, currency, conversion_rate, members)
select 1, 1001 + b % 247, 1, 'EU', 1, (
         select jsonb_agg(jsonb_build_object(
                  'first_name', 'First' || m, 'last_name', 'Last' || m, 'user_id', null, 'fee', 30))
           from generate_series(1, 40) m)
  from generate_series(1, 200) b;
insert into votes_per_antenna (event_id, body_id, votes)
select 1, 1001 + b % 247, 3 from generate_series(1, 200) b;
insert into votes_per_delegate (event_id, body_id, application_id, user_id, type, votes)
select event_id, body_id, id, user_id, 'off-event', 1
  from applications where participant_type = 'delegate' and confirmed;

insert into positions (event_id, name, body_id, starts, ends, places)
select 1, 'Position ' || n, 1, now() - interval '1 day', now() + interval '5 days', 2
  from generate_series(1, 30) n;
insert into candidates (position_id, user_id, body_id, body_name, first_name, last_name, email,
  nationality, languages, studies, member_since, european_experience, local_experience,
  attended_agorae, attended_epm, attended_conferences, external_experience, related_experience,
  motivation, program, agreed_to_privacy_policy, status)
select positions.id, 100000 + n, 1001 + n % 247, 'AEGEE-Town', 'First' || n, 'Last' || n,
       'user' || n || '@example.org', 'Testlandish', '["English"]', 'x', '2024-01-31', 'x', 'x', 'x',
       'x', 'x', 'x', 'x', repeat('Because. ', 100), repeat('I will. ', 100), true,
       case n % 3 when 0 then 'pending' else 'approved' end
  from positions, generate_series(1, 10) n;

insert into plenaries (id, event_id, name, starts, ends)
select n, 1, 'Plenary ' || n, now() + interval '10 days', now() + interval '11 days'
  from generate_series(1, 8) n;
insert into attendances (plenary_id, application_id, starts, ends)
select 1, id, now() - interval '1 hour', case id % 2 when 0 then now() end from applications;

insert into pax_limits (body_id, event_type, delegate, envoy, observer, visitor)
select 1001 + n % 247, 'agora', 3, 1, 1, null from generate_series(1, 100) n;

analyze;
