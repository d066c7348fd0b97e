import { callApi, fetchAll, fetchData, LONG_PAGE } from "./client.ts";

export interface PlenaryDraft {
  name: string;
  starts: string;
  ends: string;
}

export interface Plenary extends PlenaryDraft {
  id: number;
}

export interface PlenaryWithAttendances extends Plenary {
  attendances: Attendance[];
}

export interface Attendance {
  id: number;
  application_id: number;
  starts: string;
  /** Null while they are in the room. */
  ends: string | null;
  seconds: number;
  application: {
    id: number;
    statutory_id: string | null;
    first_name: string;
    last_name: string;
    body_name: string;
  };
}

const at = (event: string): string => `statutory/events/${encodeURIComponent(event)}/plenaries`;

export const plenaries = {
  list: (event: string): Promise<Plenary[]> => fetchAll(at(event)),
  add: (event: string, draft: PlenaryDraft): Promise<Plenary> =>
    fetchData(at(event), { method: "POST", body: draft }),
  fetchOne: fetchPlenary,
  markAttendance: (event: string, id: string, applicationId: number): Promise<Attendance> =>
    fetchData(`${at(event)}/${id}/attendance/mark`, {
      method: "POST",
      body: { application_id: applicationId },
    }),
};

/** The plenary with all its attendances, which come in pages: people come and go all day. */
async function fetchPlenary(event: string, id: string): Promise<PlenaryWithAttendances> {
  const { data, meta } = await callApi<PlenaryWithAttendances>(`${at(event)}/${id}`);
  const attendances = [...data.attendances];
  const count = meta?.count ?? 0;
  while (attendances.length < count) {
    const page = { limit: LONG_PAGE, offset: attendances.length };
    const next = await fetchData<PlenaryWithAttendances>(`${at(event)}/${id}`, { query: page });
    if (next.attendances.length === 0) break;
    attendances.push(...next.attendances);
  }
  return { ...data, attendances };
}
