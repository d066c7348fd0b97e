/** One way to deploy one service; every method ends when its command has ended. */
export interface Contestant extends AsyncDisposable {
  name: string;
  /** Where people reach the service. */
  url: string;
  readonly deployNext: () => Promise<void>;
  readonly deployNothing: () => Promise<void>;
  /** Back to the version before. */
  readonly rollBack: () => Promise<void>;
  /** A version that exits at once; ends when the command has failed and people are served by the old one. */
  readonly deployBad: () => Promise<void>;
}
