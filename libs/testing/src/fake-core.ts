import {
  Body,
  BodyMember,
  MemberMail,
  Session,
  seedBodies,
  type Body as BodyData,
  type BodyMember as BodyMemberData,
  type MemberMail as MemberMailData,
  type Session as SessionData,
} from "@myaegee/contracts";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import Type, { type TSchema } from "typebox";
import { Check } from "typebox/value";

export interface FakeCoreOptions {
  /** Token (`X-Auth-Token`) → session. */
  sessions?: Readonly<Record<string, SessionData>>;
  members?: readonly MemberMailData[];
  bodies?: readonly BodyData[];
  /** Members of a body that hold a local permission; without `permission`: all of them. */
  bodyMembers?: readonly (BodyMemberData & { permissions?: readonly string[] })[];
}

export interface FakeCore {
  url: string;
  /** `GET /session` and so on, in the order of arrival. */
  requests: string[];
  /** `X-Request-Id` of each of `requests`. */
  requestIds: (string | undefined)[];
  /** From now on every answer is a 503, until `repair()`. */
  breakDown(): void;
  repair(): void;
  stop(): Promise<void>;
}

/** The part of core that other services call, over real HTTP; each answer is checked against the contract. */
export async function startFakeCore(options: FakeCoreOptions = {}): Promise<FakeCore> {
  const app = Fastify();
  const requests: string[] = [];
  const requestIds: (string | undefined)[] = [];
  let isBroken = false;
  app.addHook("onRequest", async (request, reply) => {
    requests.push(`${request.method} ${request.url}`);
    requestIds.push(request.headers["x-request-id"]?.toString());
    if (isBroken) {
      return reply.code(503).send({ success: false, message: "Core is away." });
    }
  });
  addSession(app, options);
  addMembers(app, options);
  addBodies(app, options);
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    requests,
    requestIds,
    breakDown() {
      isBroken = true;
    },
    repair() {
      isBroken = false;
    },
    stop: () => app.close(),
  };
}

function addSession(app: FastifyInstance, { sessions = {} }: FakeCoreOptions): void {
  app.get("/healthcheck", async (_request, reply) => answer(reply, Type.Object({}), {}));
  app.get("/session", async (request, reply) => {
    const session = sessions[request.headers["x-auth-token"]?.toString() ?? ""];
    return session === undefined
      ? reply.code(401).send({ success: false, message: "Error 401: no valid token." })
      : answer(reply, Session, session);
  });
}

function addMembers(app: FastifyInstance, { members = [] }: FakeCoreOptions): void {
  app.get<{ Querystring: { query?: string } }>("/members_email", async (request, reply) => {
    const ids = new Set(request.query.query?.split(",").map(Number));
    return answer(
      reply,
      Type.Array(MemberMail),
      members.filter(({ id }) => ids.has(id)),
    );
  });
}

function addBodies(app: FastifyInstance, options: FakeCoreOptions): void {
  const bodies = options.bodies ?? [buildBody(), buildBody(seedBodies.musterstad)];
  const bodyMembers = options.bodyMembers ?? [];
  app.get("/bodies", async (_request, reply) => answer(reply, Type.Array(Body), [...bodies]));
  app.get<{ Params: { id: string } }>("/bodies/:id", async ({ params }, reply) => {
    const body = bodies.find(({ id, code }) => `${id}` === params.id || code === params.id);
    return body === undefined
      ? reply.code(404).send({ success: false, message: "Body is not found." })
      : answer(reply, Body, body);
  });
  app.get<{ Params: { id: string }; Querystring: Record<string, string> }>(
    "/bodies/:id/members",
    async ({ params, query }, reply) => {
      const action = query["holds_permission[action]"];
      const permission = `${action}:${query["holds_permission[object]"]}`;
      const members = bodyMembers
        .filter(({ body_id }) => `${body_id}` === params.id)
        .filter((member) => action === undefined || member.permissions?.includes(permission));
      return answer(reply, Type.Array(BodyMember), members);
    },
  );
}

/** A body as core answers it to services; by default AEGEE-Testburg. */
export function buildBody(body: Partial<BodyData> = {}): BodyData {
  return {
    ...seedBodies.testburg,
    status: "active",
    email: "testburg@example.org",
    pays_fees: true,
    fee_currency: "EUR",
    ...body,
  };
}

function answer(reply: FastifyReply, schema: TSchema, data: unknown): FastifyReply {
  if (!Check(schema, data)) {
    throw new Error(`The test's data breaks core's contract: ${JSON.stringify(data)}`);
  }
  return reply.send({ success: true, data });
}
