import { callApi } from "./call-api.ts";
import { createPerson, logIn, makeTag, type Person } from "./people.ts";

export interface Antenna {
  id: number;
  name: string;
  boardCircleId: number;
  board: Person;
  member: Person;
}

/** A body of its own for a flow, with a board member and a member. */
export async function foundAntenna(): Promise<Antenna> {
  const [admin, board, member] = await Promise.all([
    logIn("admin"),
    createPerson("Board"),
    createPerson("Member"),
  ]);
  const name = `AEGEE-Probe ${makeTag()}`;
  const body = await createBody(name, admin);
  const [boardCircleId] = await Promise.all([
    createCircle(body.id, { name: `Board ${name}`, parent: "General board circle", admin }),
    setParent(body.shadow_circle_id, "General members circle", admin),
  ]);
  await joinBody(board, body.id, admin);
  await joinBody(member, body.id, admin);
  await joinCircle(board, boardCircleId, admin);
  return { id: body.id, name, boardCircleId, board, member };
}

/** A new account in a circle of the seed, such as `Chair Team`. */
export async function createOfficer(role: string, circle: string): Promise<Person> {
  const [admin, person] = await Promise.all([logIn("admin"), createPerson(role)]);
  await joinCircle(person, await findCircle(circle, admin), admin);
  return person;
}

export async function joinBody(person: Person, bodyId: number, admin: Person): Promise<void> {
  const path = `core/bodies/${bodyId}/members`;
  await callApi(path, { method: "POST", body: { user_id: person.id }, as: admin });
}

async function joinCircle(person: Person, circleId: number, admin: Person): Promise<void> {
  const path = `core/circles/${circleId}/members`;
  await callApi(path, { method: "POST", body: { user_id: person.id }, as: admin });
}

/** Codes have three letters only, so one may be taken; then another is tried. */
async function createBody(name: string, admin: Person, triesLeft = 5): Promise<CreatedBody> {
  const body = {
    name,
    code: makeTag().slice(0, 3),
    description: "A body for a test.",
    email: `${makeTag()}@example.org`,
    type: "antenna",
    founded_at: "2001-04-16",
  };
  try {
    return await callApi<CreatedBody>("core/bodies", { method: "POST", body, as: admin });
  } catch (error) {
    if (triesLeft === 0) throw error;
    return createBody(name, admin, triesLeft - 1);
  }
}

interface CreatedBody {
  id: number;
  shadow_circle_id: number;
}

async function createCircle(
  bodyId: number,
  { name, parent, admin }: { name: string; parent: string; admin: Person },
): Promise<number> {
  const { id } = await callApi<{ id: number }>(`core/bodies/${bodyId}/circles`, {
    method: "POST",
    body: { name, description: name },
    as: admin,
  });
  await setParent(id, parent, admin);
  return id;
}

async function setParent(circleId: number, parent: string, admin: Person): Promise<void> {
  const body = { parent_circle_id: await findCircle(parent, admin) };
  await callApi(`core/circles/${circleId}/parent`, { method: "PUT", body, as: admin });
}

async function findCircle(name: string, admin: Person): Promise<number> {
  const path = `core/circles?query=${encodeURIComponent(name)}`;
  const circles = await callApi<{ id: number; name: string }[]>(path, { as: admin });
  const circle = circles.find((one) => one.name === name);
  if (circle === undefined) throw new Error(`The test data has no circle "${name}".`);
  return circle.id;
}
