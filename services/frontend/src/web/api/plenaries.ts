import { fetchAll, fetchData } from "./client.ts";

export interface PlenaryDraft {
  name: string;
  starts: string;
  ends: string;
}

export interface Plenary extends PlenaryDraft {
  id: number;
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
  fetchOne: (event: string, id: string): Promise<Plenary & { attendances: Attendance[] }> =>
    fetchData(`${at(event)}/${id}`),
  markAttendance: (event: string, id: string, applicationId: number): Promise<Attendance> =>
    fetchData(`${at(event)}/${id}/attendance/mark`, {
      method: "POST",
      body: { application_id: applicationId },
    }),
};
