import type { Clock } from "../deploy/run-ports.ts";
import type { CheckoutState, Claim, RemoteState } from "./release-facts.ts";
import type { ReleasePlan, ReleaseStep } from "./release-plan.ts";
import type { ReleasedService, ReleaseSet } from "./release-set.ts";

/** The working copy a release starts from. Adapter: `git/release-checkout.ts`. */
export interface ReleaseCheckout {
  read(): Promise<CheckoutState>;
  /** Whether the commit is HEAD or one of its ancestors. */
  contains(commit: string): Promise<boolean>;
  /** Whether all that `head` has and HEAD has not are version commits of a release. */
  isBehindByVersionsOnly(head: string): Promise<boolean>;
  /** Moves HEAD and the files forward to a commit of the git server. */
  catchUp(head: string): Promise<void>;
  /** Makes the commit that consumes the waiting changesets. The same HEAD gives the same commit; HEAD stays. */
  writeVersions(): Promise<string>;
}

/** The git server. Adapter: `git/release-remote.ts`. */
export interface ReleaseRemote {
  read(): Promise<RemoteState>;
  /** Throws unless we may push. */
  checkAccess(): Promise<void>;
  /** Never rewrites: `moved` when the branch has something that the commit has not. */
  pushBranch(commit: string): Promise<"pushed" | "moved">;
  /** The branch of the version pull request, which belongs to the tool alone. */
  pushVersionBranch(commit: string): Promise<string>;
  readClaims(names: readonly string[]): Promise<readonly Claim[]>;
  /** Of several who claim a name exactly one wins; returns what holds now. */
  claim(claims: readonly Claim[]): Promise<readonly Claim[]>;
  pushTags(claims: readonly Claim[]): Promise<void>;
}

/** A registry as a release sees it. Adapter: `create-release-store.ts` over the port `Registry`. */
export interface ReleaseStore {
  checkAccess(services: readonly string[]): Promise<void>;
  listVersions(service: string): Promise<readonly string[]>;
  /** Digest behind a tag or a digest; null when there is none. */
  readDigest(service: string, reference: string): Promise<string | null>;
  /** What an image says of itself; empty where it has no label. */
  readLabels(service: string, digest: string): Promise<StoredLabels>;
  putTag(service: string, digest: string, tag: string): Promise<void>;
  readNewestSet(): Promise<ReleaseSet | null>;
  /** Without a sequence it is stored but never the newest. */
  putSet(set: ReleaseSet, sequence: number | null): Promise<void>;
}

export interface StoredLabels {
  version: string | null;
  imageKey: string | null;
}

/** Builds and sends images. Adapter: `cli/create-release-images.ts`. */
export interface ReleaseImages {
  /** Throws when the base, the key or a service's settings would stop a build of the branch as it is. */
  checkInputs(services: readonly string[], commit: string): Promise<void>;
  /** With SBOM and provenance, on this machine only. */
  build(services: readonly string[], commit: string): Promise<Record<string, ReleasedService>>;
  /** Everything of one image under its digest, without a tag. Returns the bytes that went over the wire. */
  publish(service: string, released: ReleasedService): Promise<number>;
}

export interface ReleaseNote {
  name: string;
  title: string;
  body: string;
  isPrerelease: boolean;
}

export interface VersionRequest {
  branch: string;
  base: string;
  title: string;
  body: string;
}

/** Adapter: `github/octokit-github.ts`. */
export interface ReleaseGitHub {
  checkAccess(): Promise<void>;
  hasRelease(name: string): Promise<boolean>;
  /** Leaves one that is there as it is: people edit them. */
  createRelease(note: ReleaseNote): Promise<"created" | "present">;
  /** Opens the pull request or brings it up to date; returns its address. */
  writeVersionRequest(request: VersionRequest): Promise<string>;
}

export type ReleaseEvent =
  | { type: "note"; text: string }
  | { type: "warning"; text: string }
  | { type: "release-plan"; plan: ReleasePlan }
  | { type: "release-step-started"; step: ReleaseStep; index: number; total: number }
  | { type: "release-step-done"; step: ReleaseStep; durationMs: number; detail: string }
  | { type: "release-step-failed"; step: ReleaseStep; durationMs: number; message: string };

/** Everything a release touches. */
export interface ReleasePorts {
  checkout: ReleaseCheckout;
  remote: ReleaseRemote;
  store: ReleaseStore;
  images: ReleaseImages;
  /** Null where releases are not announced on GitHub. */
  github: ReleaseGitHub | null;
  clock: Clock;
  report: (event: ReleaseEvent) => void;
  /** Throws unless the plan may be carried out. */
  confirm: (plan: ReleasePlan) => Promise<void>;
  signal: AbortSignal;
}

export interface ReleaseWish {
  /** Name of the branch that is released; others are refused unless they are maintenance branches. */
  branch: string;
  /** Beginning of the names of maintenance branches; null when there are none. */
  maintenancePrefix: string | null;
  how: "push" | "pull-request";
  /** False for a dry run: then a checkout that is behind stays so. */
  mayChange: boolean;
}
