export interface ListedMember {
  first_name: string;
  last_name: string;
  user_id?: number | null;
}

export interface Applicant {
  first_name: string;
  last_name: string;
  user_id: number;
}

/** Is the applicant on the list: by user id, else by first and last name whatever the case. */
export function isOnMembersList(members: readonly ListedMember[], applicant: Applicant): boolean {
  return members.some(
    (member) => member.user_id === applicant.user_id || hasSameName(member, applicant),
  );
}

function hasSameName(member: ListedMember, applicant: Applicant): boolean {
  return (
    normalise(member.first_name) === normalise(applicant.first_name) &&
    normalise(member.last_name) === normalise(applicant.last_name)
  );
}

function normalise(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
