/** One act of a course: whose it is, and its type in the track of leads. */
export interface Step {
  readonly by: 'opener' | 'other';
  readonly type: string;
}

/** What is said in one dossier, in order. Where the course ends, the dossier stays. */
export type Course = readonly Step[];

/**
 * Grammar: `> type` is said by who opened the dossier, `< type` by the other side. Between them the courses leave dossiers
 * in every state of the track, with every act that leads there.
 */
const written: readonly string[] = [
  '> request',
  '> spontaneous',
  '> request < taken-in-charge',
  '> request < taken-in-charge < answer',
  '> request < taken-in-charge < answer > outcome > closing',
  '> request < taken-in-charge < clarification-asked',
  '> request < taken-in-charge < clarification-asked > clarification-given < answer > closing',
  '> request < taken-in-charge < authorisation-needed',
  '> request < taken-in-charge < authorisation-needed < authorisation-obtained < partial-answer',
  '> request < taken-in-charge < partial-answer < answer > outcome',
  '> request < refusal',
  '> request < taken-in-charge < refusal > closing',
  '> request > withdrawal',
  '> request < taken-in-charge < answer > closing > reopening',
  '> spontaneous < acknowledge < outcome < closing',
  '> spontaneous < taken-in-charge < note < answer',
  '> spontaneous < permission-asked > permission-granted',
  '> spontaneous < permission-asked > permission-denied',
  '> request < taken-in-charge < answer < correction > change-acknowledged',
  '> threat-to-life < acknowledge < taken-in-charge < answer > outcome > closing',
  '> request < taken-in-charge < answer > outcome > closing',
  '> spontaneous < taken-in-charge < answer > closing',
  '> request < taken-in-charge < answer > closing',
  '> threat-to-life < acknowledge',
];

export const courses: readonly Course[] = written.map(readCourse);

/** What a new question comes to while one watches. */
export const liveCourses: readonly Course[] = [
  '> request < taken-in-charge < answer > outcome > closing',
  '> request < taken-in-charge < clarification-asked > clarification-given < answer > closing',
  '> spontaneous < taken-in-charge < answer > closing',
  '> request < taken-in-charge < refusal > closing',
].map(readCourse);

export const threatCourse: Course = readCourse('> threat-to-life < acknowledge < taken-in-charge < answer');

function readCourse(text: string): Course {
  return text
    .split(/ (?=[<>])/)
    .map((step) => ({ by: step.startsWith('>') ? 'opener' : 'other', type: step.slice(2) }));
}
