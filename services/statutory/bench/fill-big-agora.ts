import { sql, type Kysely } from "kysely";

import type { Tables } from "../src/tables.ts";

export interface BigAgora {
  eventId: number;
  bodies: number;
  applications: number;
  membersPerList: number;
}

/** An Agora as big as they come: applications spread over all bodies, a members list of each, votes and candidates. */
export async function fillBigAgora(db: Kysely<Tables>, size: BigAgora): Promise<void> {
  const { eventId, bodies, applications, membersPerList } = size;
  await sql`
    insert into applications (statutory_id, event_id, user_id, body_id, body_name, first_name,
      last_name, nationality, meals, number_of_events_visited, answers, participant_type,
      participant_order, status, confirmed, registered)
    select '001-' || lpad(n::text, 4, '0'), ${eventId}, n, n % ${bodies} + 1,
      'AEGEE-' || n % ${bodies}, 'First' || n, 'Last' || n, 'Testlandish', 'Vegan', 3,
      jsonb_build_array(repeat('Because. ', 20)),
      case when n / ${bodies} < 3 then 'delegate' else 'visitor' end, n / ${bodies} + 1,
      case when n % 10 = 0 then 'pending' else 'accepted' end, n % 10 > 1, n % 10 > 2
    from generate_series(1, ${applications}) n`.execute(db);
  await sql`
    insert into members_lists (event_id, body_id, user_id, currency, conversion_rate, members)
    select ${eventId}, b, 1, 'EU', 1, (
      select jsonb_agg(jsonb_build_object(
        'first_name', 'First' || m, 'last_name', 'Last' || m, 'user_id', null, 'fee', 30))
      from generate_series(1, ${membersPerList}) m)
    from generate_series(1, ${bodies}) b`.execute(db);
  await sql`
    insert into votes_per_antenna (event_id, body_id, votes)
    select ${eventId}, b, 3 from generate_series(1, ${bodies}) b`.execute(db);
  await sql`
    insert into votes_per_delegate (event_id, body_id, application_id, user_id, type, votes)
    select event_id, body_id, id, user_id, 'off-event', 1 from applications
    where event_id = ${eventId} and participant_type = 'delegate' and confirmed`.execute(db);
  await sql`update application_counters set last_number = ${applications}
    where event_id = ${eventId}`.execute(db);
  await sql`analyze`.execute(db);
}
