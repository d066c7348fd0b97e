import Type, { type Static } from "typebox";

const Gateway = Type.Object(
  {
    port: Type.Integer({ minimum: 1, maximum: 65_535, description: "Port people use." }),
    fallback: Type.Union([Type.Literal("next free"), Type.Literal("fail")], {
      description:
        "What to do when the port is busy. The port found is remembered as long as the environment exists.",
    }),
    host: Type.Optional(
      Type.String({
        pattern: "^[\\d.]+$",
        description:
          "Address to listen on, `0.0.0.0` for all; only this machine's own when left out.",
      }),
    ),
  },
  { additionalProperties: false, description: "Where people reach the environment." },
);

const Tls = Type.Object(
  {
    port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description: "Port of HTTPS. The gateway's own then only leads to `publicUrl`.",
    }),
    certificates: Type.String({
      pattern: "^/",
      description:
        "Folder on each host with files that end with `.pem`: a certificate, its chain and its key in one.",
    }),
  },
  {
    additionalProperties: false,
    description:
      "HTTPS, for the driver `compose`. `slipway certificates` takes renewed files over.",
  },
);

const Policy = Type.Object(
  {
    confirm: Type.Union([Type.Literal("none"), Type.Literal("yes"), Type.Literal("type name")], {
      description:
        "What is asked before anything changes. `--yes` answers `yes`; without a terminal `type name` wants `--plan` with the plan's hash.",
    }),
    readinessSeconds: Type.Integer({
      minimum: 1,
      maximum: 3600,
      description: "How long a new version may take until it is ready.",
    }),
    soakSeconds: Type.Integer({
      minimum: 0,
      maximum: 3600,
      description: "How long new versions are watched before the old ones are let go.",
    }),
    keepWarmMinutes: Type.Integer({
      minimum: 0,
      maximum: 1440,
      description:
        "So long the version before stays up, so that going back needs no start; the next command after that ends it.",
    }),
    onFailure: Type.Optional(
      Type.Union([Type.Literal("return"), Type.Literal("hold")], {
        description:
          "What happens when a deployment fails after traffic has moved: all its services return (the default), or everything stays as it is for a person to look at.",
      }),
    ),
    verifyAfterDeploy: Type.Optional(
      Type.Boolean({
        description:
          "A deployment ends with `verify`: its exit code is 1 when the tests fail, and what was deployed goes on serving. A gate with `soakMinutes` wants a later `verify` besides.",
      }),
    ),
    keepBackups: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description:
          "How many backups of each database are kept; each is taken before a migration. None are taken without this field.",
      }),
    ),
  },
  { additionalProperties: false, description: "How careful a deployment is." },
);

const Gate = Type.Object(
  {
    verifiedIn: Type.String({
      pattern: "^[a-z][a-z0-9-]{0,31}$",
      description:
        "Only what `verify` has passed in this environment, as a set and with the same settings by name, may be deployed.",
    }),
    withinDays: Type.Integer({
      minimum: 1,
      maximum: 365,
      description: "How old the verification may be.",
    }),
    soakMinutes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 43_200,
        description: "How long the set must have run there when it was verified.",
      }),
    ),
  },
  { additionalProperties: false, description: "What must be so before a deployment may begin." },
);

const instant = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)$";

const Freeze = Type.Object(
  {
    from: Type.String({ pattern: instant, description: "`2026-12-20T00:00+01:00`, for example." }),
    until: Type.String({ pattern: instant, description: "When it ends." }),
    reason: Type.String({ minLength: 1, description: "Told to whoever deploys meanwhile." }),
  },
  { additionalProperties: false },
);

const Notification = Type.Object(
  {
    urlFrom: Type.String({
      pattern: "^[A-Z][A-Z0-9_]*$",
      description:
        "Variable of whoever runs the command that holds the webhook's address, or with `_FILE` appended the path of a file that does. The address is a secret, so it never stands here.",
    }),
    on: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Literal("started"),
          Type.Literal("committed"),
          Type.Literal("failed"),
          Type.Literal("rolled back"),
        ]),
        { description: "What is told; everything when left out." },
      ),
    ),
  },
  { additionalProperties: false },
);

const ServiceSettings = Type.Object(
  {
    env: Type.Record(Type.String({ pattern: "^[A-Z][A-Z0-9_]*$" }), Type.String(), {
      description: "Plain settings, never secret.",
    }),
  },
  { additionalProperties: false },
);

const Host = Type.Object(
  {
    name: Type.String({ pattern: "^[a-z][a-z0-9-]{0,31}$", description: "For messages." }),
    ssh: Type.Optional(
      Type.String({
        pattern: "^[\\w.-]+@[\\w.-]+(:\\d+)?$",
        description:
          "`root@host.example.org`, with a port if it is another; this machine when left out.",
      }),
    ),
    knownHostsFile: Type.Optional(
      Type.String({ description: "Keys of the hosts; OpenSSH's own file when left out." }),
    ),
    identityFile: Type.Optional(
      Type.String({ description: "Key to log in with; OpenSSH's own choice when left out." }),
    ),
    dockerSocket: Type.Optional(
      Type.String({ pattern: "^/", description: "`/var/run/docker.sock` when left out." }),
    ),
    folder: Type.Optional(
      Type.String({
        pattern: "^/",
        description:
          "Where secrets, backups and logs are kept there; `/var/lib/slipway` when left out.",
      }),
    ),
    address: Type.Optional(
      Type.String({
        pattern: "^[\\w.-]+$",
        description:
          "Where the other hosts reach it, in a network of their own. Needed where there are several.",
      }),
    ),
  },
  { additionalProperties: false },
);

const BaseImages = Type.Object(
  {
    postgres: Type.String({ minLength: 1, description: "Image of PostgreSQL." }),
    haproxy: Type.String({ minLength: 1, description: "Image of HAProxy, 2.6 or newer." }),
  },
  {
    additionalProperties: false,
    description:
      "Images of the database and the gateway, best pinned by digest. A deployment never restarts them.",
  },
);

/** A place where release sets run: `tools/environments/<name>.yaml`. */
export const Environment = Type.Object(
  {
    name: Type.String({
      pattern: "^[a-z][a-z0-9-]{0,31}$",
      description: "As in the file's name and in `--env`.",
    }),
    driver: Type.Union([Type.Literal("process"), Type.Literal("compose")], {
      description:
        "How images run: `process` runs their unpacked layers under a supervisor on this machine, `compose` runs containers on hosts.",
    }),
    hosts: Type.Optional(
      Type.Array(Host, {
        minItems: 1,
        description:
          "Where containers run, for the driver `compose`: each runs every service behind a gateway of its own. The first keeps the ledger and the database.",
      }),
    ),
    images: Type.Optional(BaseImages),
    databasePort: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description:
          "Port of the database on the first host's `address`, for the other hosts; 5432 when left out.",
      }),
    ),
    imageBase: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "What lies below images of the working tree here, instead of `image.base` in tools/slipway.yaml.",
      }),
    ),
    publicUrl: Type.Optional(
      Type.String({
        pattern: "^https?://[^/]+$",
        description: "Address people use, when it is not this machine's: `https://my.example.org`.",
      }),
    ),
    databaseUrl: Type.Optional(
      Type.String({
        pattern: "^postgres(ql)?://[\\w.-]+@[\\w.-]+(:\\d+)?/\\w+(\\?sslmode=[a-z-]+)?$",
        description:
          "PostgreSQL elsewhere, instead of a container: `postgres://admin@db.example.org:5432/postgres?sslmode=verify-full`. The user may create roles and databases. Its password is a secret: `slipway secrets set database/POSTGRES_PASSWORD`.",
      }),
    ),
    tls: Type.Optional(Tls),
    smtpUrl: Type.Optional(
      Type.String({
        pattern: "^smtps?://[^/]+$",
        description:
          "Where services hand in their mails. The driver `process` has an inbox of its own.",
      }),
    ),
    inboxUrl: Type.Optional(
      Type.String({
        pattern: "^https?://.+[^/]$",
        description:
          "Inbox that shows what was handed in at `smtpUrl`, where test data are allowed: `http://localhost:8025/inbox` of the lab.",
      }),
    ),
    source: Type.Union([Type.Literal("working-tree"), Type.Literal("registry")], {
      description: "Where images come from: built from the working tree, or release sets.",
    }),
    testData: Type.Boolean({ description: "Seed test data and show the inbox of sent mails." }),
    throwAway: Type.Optional(
      Type.Boolean({
        description: "`e2e` brings it up for each run, on free ports, and takes it down again.",
      }),
    ),
    gateway: Gateway,
    policy: Policy,
    gate: Type.Optional(Gate),
    freezes: Type.Optional(
      Type.Array(Freeze, {
        description:
          "Times in which nothing is deployed but rollbacks. `--force` with a reason overrides, and that is recorded.",
      }),
    ),
    notifications: Type.Optional(
      Type.Array(Notification, {
        description: "Webhooks that learn of each run, in the form that Slack understands.",
      }),
    ),
    services: Type.Optional(
      Type.Record(Type.String(), ServiceSettings, { description: "Settings by service." }),
    ),
    welcome: Type.Optional(
      Type.String({ description: "Printed after a deployment: who can log in, what to try." }),
    ),
  },
  { additionalProperties: false },
);

export type Environment = Static<typeof Environment>;
