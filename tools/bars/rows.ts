/** A figure that a deployment must reach, and what the best of the others reach. */
export interface BarRow {
  title: string;
  bar: string;
  anchor: string;
}

/** The others were measured on the same work, or what they do is derived from their sources and issues. */
export const rows: Readonly<Record<string, BarRow>> = {
  "1": {
    title: "short requests failed, 20 deployments under mixed load",
    bar: "0 of 50 000 or more",
    anchor: "kamal-proxy 0; nginx by reload 7.5 a deployment; compose all for 10 s",
  },
  "2": {
    title: "requests of 1.5 s lost",
    bar: "0",
    anchor: "kamal keeps those below 30 s; Caddy loses most of a rude app's",
  },
  "3": {
    title: "WebSockets cut without a word",
    bar: "0",
    anchor: "kamal-proxy and Caddy cut all at the swap",
  },
  "4": {
    title: "p99 while deploying, above that of quiet times",
    bar: "20 ms or less",
    anchor: "unpublished",
  },
  "5": {
    title: "command to traffic, above the boot of the app",
    bar: "1 s or less",
    anchor: "docker-rollout 2.5 s; compose 2.6 to 13 s",
  },
  "6": {
    title: "rollback to a warm version, command to traffic",
    bar: "1 s or less; a set 5 s",
    anchor: "none with Docker alone",
  },
  "7": {
    title: "rollback to a cold version, above the boot of the app",
    bar: "2 s or less",
    anchor: "Swarm 11.5 s",
  },
  "8": {
    title: "deployment without change, 20 services, whole command",
    bar: "1 s or less",
    anchor: "compose 0.67 s for one; Swarm 5 to 9 s",
  },
  "9": { title: "death at start noticed after", bar: "1 s or less", anchor: "Swarm 1.1 s" },
  "10": {
    title: "never ready noticed after its deadline, with answer and log",
    bar: "at the deadline",
    anchor: "deadlines of 30 s to 10 min",
  },
  "11": {
    title: "crash while watched: old version back after",
    bar: "1 s and 2 s",
    anchor: "Swarm misses a crash after 9 s",
  },
  "13": {
    title: "command killed at each record: requests failed, faults left",
    bar: "0 and 0",
    anchor: "compose down; docker-rollout doubled; Kamal locked",
  },
  "14": {
    title: "two operators: races won by exactly one, the loser told after",
    bar: "all, 1 s or less",
    anchor: "compose lost 1 of 3 wholly; docker-rollout 3 of 3 wrong",
  },
  "17": {
    title: "gateway killed -9: nobody answered for",
    bar: "150 ms or less",
    anchor: "80 to 108 ms possible with HAProxy",
  },
  "18": {
    title: "requests failed while services are added",
    bar: "0",
    anchor: "reloads of nginx reset connections; Kamal has a gap",
  },
};
