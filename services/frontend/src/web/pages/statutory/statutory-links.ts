import type { PerBody, StatutoryEvent } from "../../api/statutory.ts";

export interface PageLink {
  label: string;
  to: string;
}

/** The pages of a statutory event that this caller has a use for. */
export function planStatutoryLinks(event: StatutoryEvent, isLoggedIn: boolean): PageLink[] {
  const can = event.permissions ?? {};
  const base = `/statutory/${event.url ?? event.id}`;
  const isAgora = event.type === "agora";
  const seesList = isAgora && holdsSomewhere(can.see_memberslist);
  return [
    ...when(can.see_applications, { label: "All applications", to: `${base}/applications` }),
    ...when(holdsSomewhere(can.see_boardview), { label: "Board view", to: `${base}/boardview` }),
    ...when(seesList, { label: "Members list of my body", to: `${base}/memberslist/upload` }),
    ...when(isAgora && can.see_memberslist?.["global"], {
      label: "All members lists",
      to: `${base}/memberslists`,
    }),
    ...when(can.see_applications_juridical, { label: "Juridical desk", to: `${base}/juridical` }),
    ...when(isAgora && isLoggedIn, { label: "Votes", to: `${base}/votes` }),
    ...when(isAgora && isLoggedIn, { label: "Elections", to: `${base}/positions` }),
    ...when(isAgora && can.see_plenaries, { label: "Plenaries", to: `${base}/plenaries` }),
  ];
}

export function holdsSomewhere(permission: PerBody | undefined): boolean {
  return Object.values(permission ?? {}).some(Boolean);
}

/** Ids of the bodies for which a permission holds one by one. */
export function bodiesOf(permission: PerBody | undefined): number[] {
  return Object.entries(permission ?? {})
    .filter(([key, holds]) => holds && key !== "global")
    .map(([key]) => Number(key));
}

function when(condition: boolean | undefined, link: PageLink): PageLink[] {
  return condition === true ? [link] : [];
}
