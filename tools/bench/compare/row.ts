/** The same work by us and by one peer, taken in turns in one run. */
export interface Row {
  name: string;
  /** Median of ours. */
  ours: number;
  /** Median of the peer's. */
  peer: number;
  peerName: string;
  /** Median over the rounds of peer ÷ ours in the same round; above 1 we are ahead. */
  ratio: number;
  /** The least and the greatest ratio of any round: how much the machine's noise moves it. */
  spread: readonly [least: number, greatest: number];
  unit: Unit;
}

/** All of them are better when smaller. */
export type Unit = "ms" | "bytes" | "MB" | "requests lost";
