import { announceAgora, sendDelegate, submitMembersList } from "./agora.ts";
import { createOfficer } from "./bodies.ts";
import { callApi } from "./call-api.ts";
import type { Viewer } from "./page-list.ts";
import { createPerson, logIn, type Person } from "./people.ts";

export interface World {
  people: Record<Viewer, Person | null>;
  /** What the names in paths stand for: `:agora` → `agora-abc`. */
  ids: Record<string, string | number>;
}

/** Something to see on every page. */
export async function buildWorld(): Promise<World> {
  const [agora, approver, manager, admin, newcomer] = await Promise.all([
    announceAgora(),
    createOfficer("Approver", "Events Quality Assurance Committee"),
    createOfficer("Manager", "Comité Directeur"),
    logIn("admin"),
    createPerson("Newcomer"),
  ]);
  const { antenna, chair, juridical } = agora;
  const at = `statutory/events/${agora.id}`;
  const ask = { motivation: "Because of the trains." };
  await callApi(`core/bodies/${antenna.id}/join-requests`, {
    method: "POST",
    body: ask,
    as: newcomer,
  });
  await submitMembersList(agora);
  const number = await sendDelegate(agora);
  const position = await openPosition(at, antenna.id, juridical);
  const candidate = await runFor(`${at}/positions/${position}`, antenna.id, antenna.member);
  const plenary = await holdPlenary(at, chair);
  const application = await callApi<Row>(`${at}/applications/${number}`, { as: chair });
  await callApi(`${at}/plenaries/${plenary}/attendance/mark`, {
    method: "POST",
    body: { application_id: application.id },
    as: juridical,
  });
  const [event] = await callApi<{ id: number }[]>("events/?limit=1");
  const [integration] = await callApi<Row[]>("discounts/integrations", { as: manager });
  return {
    people: {
      stranger: null,
      member: antenna.member,
      board: antenna.board,
      chair,
      juridical,
      approver,
      admin,
      manager,
    },
    ids: {
      agora: agora.url,
      antenna: antenna.id,
      circle: antenna.boardCircleId,
      event: event?.id ?? 1,
      integration: integration?.id ?? 1,
      position,
      candidate,
      plenary,
    },
  };
}

interface Row {
  id: number;
}

const hourMs = 60 * 60 * 1000;
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();

async function openPosition(at: string, bodyId: number, as: Person): Promise<number> {
  const body = {
    name: "President of AEGEE-Europe",
    body_id: bodyId,
    places: 1,
    requirements: "Two Agorae attended.",
    starts: inHours(-24),
    ends: inHours(240),
  };
  const { id } = await callApi<Row>(`${at}/positions`, { method: "POST", body, as });
  return id;
}

async function runFor(position: string, bodyId: number, as: Person): Promise<number> {
  const body = {
    body_id: bodyId,
    nationality: "Dutch",
    languages: ["Dutch", "English"],
    member_since: "2020-09-01",
    studies: "Law, then European studies.",
    european_experience: "Two projects.",
    local_experience: "Three years on the board.",
    attended_agorae: "Three.",
    attended_epm: "One.",
    attended_conferences: "Several.",
    external_experience: "Scouts.",
    related_experience: "Treasurer of my antenna.",
    motivation: "Europe is closer than we think.",
    program: "Night trains to every Agora.",
    agreed_to_privacy_policy: true,
  };
  const { id } = await callApi<Row>(`${position}/candidates`, { method: "POST", body, as });
  return id;
}

async function holdPlenary(at: string, as: Person): Promise<number> {
  const body = { name: "Opening plenary", starts: inHours(-1), ends: inHours(2) };
  const { id } = await callApi<Row>(`${at}/plenaries`, { method: "POST", body, as });
  return id;
}
