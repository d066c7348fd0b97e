import Type from "typebox";

import { Body, BodyMember, Member, MemberMail } from "./bodies.ts";
import { ServiceCallError } from "./service-call-error.ts";
import { callService, readData, type ServiceClientOptions } from "./service-call.ts";
import { Session } from "./session.ts";

/** What came with a request and tells who sends it. */
export interface Credentials {
  /** Of a person: `X-Auth-Token`. */
  token?: string | undefined;
  /** Of a service: `X-Service` and `X-Service-Token`. */
  service?: { name: string; token: string } | undefined;
}

export interface CoreClient {
  /** `null` when core knows no such caller (401). */
  fetchSession(credentials: Credentials): Promise<Session | null>;
  /** Mail addresses by user id; unknown ids are left out. */
  fetchMemberMails(userIds: readonly number[]): Promise<MemberMail[]>;
  fetchMember(userId: number): Promise<Member | null>;
  /** By id or code. */
  fetchBody(body: number | string): Promise<Body | null>;
  /** All active bodies. */
  fetchBodies(): Promise<Body[]>;
  /** All members of a body, or those that hold a local permission there, such as `approve_members:events`. */
  fetchBodyMembers(bodyId: number, holdsPermission?: string): Promise<BodyMember[]>;
  isReachable(): Promise<boolean>;
}

/** Core answers at most this many at once. */
const PAGE_SIZE = 500;
const RETRIES = 1;

export function createCoreClient(options: ServiceClientOptions): CoreClient {
  const get = (path: string) => callService(options, { method: "GET", path, retries: RETRIES });

  async function fetchOne<T extends Type.TSchema>(schema: T, path: string) {
    const answer = await get(path);
    return answer.status === 404 ? null : readData(schema, expectOk(answer, path), path);
  }

  /** Page by page until one is not full. */
  async function fetchAll<T extends Type.TSchema>(item: T, path: string, filter = {}) {
    const items: Type.Static<T>[] = [];
    for (;;) {
      const query = new URLSearchParams({
        limit: `${PAGE_SIZE}`,
        offset: `${items.length}`,
        ...filter,
      });
      const answer = expectOk(await get(`${path}?${query.toString()}`), path);
      const page = readData(Type.Array(item), answer, path);
      items.push(...page);
      if (page.length < PAGE_SIZE) {
        return items;
      }
    }
  }

  return {
    async fetchSession(credentials) {
      const answer = await callService(options, {
        method: "GET",
        path: "/session",
        headers: planCredentialHeaders(credentials),
        isForSomebodyElse: true,
        retries: RETRIES,
      });
      return answer.status === 401
        ? null
        : readData(Session, expectOk(answer, "/session"), "/session");
    },
    async fetchMemberMails(userIds) {
      const path = "/members_email";
      const pages = await Promise.all(
        splitIntoPages([...new Set(userIds)]).map(async (ids) => {
          const answer = expectOk(await get(`${path}?query=${ids.join(",")}`), path);
          return readData(Type.Array(MemberMail), answer, path);
        }),
      );
      return pages.flat();
    },
    fetchMember: (userId) => fetchOne(Member, `/members/${userId}`),
    fetchBody: (body) => fetchOne(Body, `/bodies/${encodeURIComponent(body)}`),
    fetchBodies: () => fetchAll(Body, "/bodies"),
    fetchBodyMembers: (bodyId, holdsPermission) =>
      fetchAll(BodyMember, `/bodies/${bodyId}/members`, planHolderQuery(holdsPermission)),
    async isReachable() {
      try {
        return (await callService(options, { method: "GET", path: "/healthcheck" })).status === 200;
      } catch {
        return false;
      }
    },
  };
}

function expectOk<T extends { status: number }>(answer: T, path: string): T {
  if (answer.status !== 200) {
    throw new ServiceCallError(`core answered ${answer.status} to ${path}, expected 200.`, {
      status: answer.status,
    });
  }
  return answer;
}

function planCredentialHeaders(credentials: Credentials): Record<string, string> {
  const { token, service } = credentials;
  return {
    ...(token === undefined ? {} : { "x-auth-token": token }),
    ...(service === undefined
      ? {}
      : { "x-service": service.name, "x-service-token": service.token }),
  };
}

function planHolderQuery(holdsPermission: string | undefined): Record<string, string> {
  const [action, object] = holdsPermission?.split(":") ?? [];
  return action === undefined || object === undefined
    ? {}
    : { "holds_permission[action]": action, "holds_permission[object]": object };
}

function splitIntoPages(ids: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(ids.length / PAGE_SIZE) }, (_, page) =>
    ids.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
  );
}
