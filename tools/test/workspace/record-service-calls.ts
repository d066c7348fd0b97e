import { createServer, type IncomingMessage, type Server } from "node:http";

import {
  type CoreClient,
  createCoreClient,
  createMailerClient,
  type MailerClient,
  type ServiceClientOptions,
} from "@myaegee/contracts";

import type { ClientCall } from "./find-client-calls.ts";

/** Every method of a client, called once; a method without a line here does not compile. */
type EachMethod<Client> = {
  readonly [Name in keyof Client]: (client: Client) => Promise<unknown>;
};

const ofCore: EachMethod<CoreClient> = {
  fetchSession: (core) => core.fetchSession({ token: "not-a-secret-of-anybody" }),
  fetchMemberMails: (core) => core.fetchMemberMails([7]),
  fetchMember: (core) => core.fetchMember(7),
  fetchBody: (core) => core.fetchBody("DEL"),
  fetchBodies: (core) => core.fetchBodies(),
  fetchBodyMembers: (core) => core.fetchBodyMembers(7, "approve_members:events"),
  isReachable: (core) => core.isReachable(),
};

const ofMailer: EachMethod<MailerClient> = {
  sendMail: (mailer) =>
    mailer.sendMail({
      template: "custom",
      to: ["nobody@example.org"],
      subject: "A mail",
      parameters: { body: "A mail" },
      idempotency_key: "once",
    }),
};

/** What the clients that services share ask of core and the mailer, as it goes over the wire. */
export async function recordServiceCalls(): Promise<ClientCall[]> {
  return [
    ...(await record("core", createCoreClient, ofCore)),
    ...(await record("mailer", createMailerClient, ofMailer)),
  ];
}

async function record<Client>(
  service: string,
  createClient: (options: ServiceClientOptions) => Client,
  methods: EachMethod<Client>,
): Promise<ClientCall[]> {
  const calls: ClientCall[] = [];
  let place = "";
  const server = createServer((request, response) => {
    calls.push(describe(place, service, request));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const client = createClient({ url: findUrl(server), service: "events", token: "none" });
    for (const [name, call] of Object.entries<EachMethod<Client>[keyof Client]>(methods)) {
      place = `libs/contracts/src/${service}-client.ts: ${name}`;
      const before = calls.length;
      // What matters here is the question; the answer is an error.
      await call(client).catch(() => null);
      if (calls.length === before) throw new Error(`${place} asked nothing.`);
    }
  } finally {
    server.close();
  }
  return calls;
}

function describe(place: string, service: string, { method, url }: IncomingMessage): ClientCall {
  const { pathname, searchParams } = new URL(url ?? "/", "http://recorded");
  return {
    place,
    method: method ?? "GET",
    path: `${service}${pathname}`,
    query: [...new Set(searchParams.keys())],
  };
}

function findUrl(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Nobody listens.");
  return `http://127.0.0.1:${address.port}`;
}
