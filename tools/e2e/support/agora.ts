import { type Antenna, createOfficer, foundAntenna } from "./bodies.ts";
import { callApi } from "./call-api.ts";
import { makeTag, type Person } from "./people.ts";

export interface Agora {
  id: number;
  url: string;
  name: string;
  antenna: Antenna;
  chair: Person;
  juridical: Person;
}

const dayMs = 24 * 60 * 60 * 1000;

/** An Agora of its own for a flow: published, open for applications, with those who look after it. */
export async function announceAgora(): Promise<Agora> {
  const [antenna, chair, juridical] = await Promise.all([
    foundAntenna(),
    createOfficer("Chair", "Chair Team"),
    createOfficer("Juridical", "Juridical Commission"),
  ]);
  const tag = makeTag();
  const event = { name: `Agora ${tag}`, url: `agora-${tag}`, body_id: antenna.id };
  const { id } = await callApi<{ id: number }>("statutory/", {
    method: "POST",
    body: { ...planAgora(new Date()), ...event },
    as: chair,
  });
  const body = { status: "published" };
  await callApi(`statutory/events/${id}/status`, { method: "PUT", body, as: chair });
  return { id, url: event.url, name: event.name, antenna, chair, juridical };
}

/** The member of the antenna applies, is chosen as delegate and is let in; the number on the badge. */
export async function sendDelegate({ id, antenna, chair }: Agora): Promise<string> {
  const { member, board } = antenna;
  const path = `statutory/events/${id}/applications`;
  const application = await callApi<{ id: number; statutory_id: string }>(path, {
    method: "POST",
    body: { ...applicationForm, body_id: antenna.id },
    as: member,
  });
  const one = `${path}/${application.id}`;
  const put = (part: string, body: object, person: Person) =>
    callApi(`${one}/${part}`, { method: "PUT", body, as: person });
  await put(
    "board",
    { participant_type: "delegate", participant_order: 1, board_comment: "Go!" },
    board,
  );
  await put("status", { status: "accepted" }, chair);
  await put("confirmed", { confirmed: true }, chair);
  return application.statutory_id;
}

export async function submitMembersList({ id, antenna }: Agora): Promise<void> {
  const [first_name = "", last_name = ""] = antenna.member.name.split(" ");
  const members = [{ user_id: antenna.member.id, first_name, last_name, fee: 30 }];
  await callApi(`statutory/events/${id}/memberslists/${antenna.id}`, {
    method: "POST",
    body: { currency: "EUR", members },
    as: antenna.board,
  });
}

const applicationForm = {
  nationality: "Dutch",
  meals: "Vegan",
  allergies: null,
  number_of_events_visited: 2,
  visa_required: false,
  answers: ["To decide."],
};

function planAgora(now: Date) {
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs).toISOString();
  return {
    type: "agora",
    description: "An assembly for a test.",
    fee: 60,
    questions: [{ type: "string", description: "Why do you come?", required: true }],
    application_period_starts: inDays(-7),
    application_period_ends: inDays(21),
    board_approve_deadline: inDays(28),
    participants_list_publish_deadline: inDays(35),
    memberslist_submission_deadline: inDays(30),
    draft_proposal_deadline: inDays(20),
    final_proposal_deadline: inDays(30),
    candidature_deadline: inDays(30),
    booklet_publication_deadline: inDays(40),
    updated_booklet_publication_deadline: inDays(50),
    starts: inDays(60),
    ends: inDays(64),
  };
}
