/** One course: what has to be known before what, and a quiz about all of it. */
export const course = {
  id: 'mend-a-bicycle',
  title: 'Mend a bicycle',
  school: { name: 'Saddle School', address: 'desk@school.example' },
  /** With the lessons that come before. */
  lessons: { L1: [], L2: ['L1'], L3: ['L2'], L4: ['L2'] } as Readonly<Record<string, readonly string[]>>,
  /** The right answer of each item, and the lesson that it is about. */
  items: [
    { answer: 'b', lesson: 'L1' },
    { answer: 'a', lesson: 'L2' },
    { answer: 'd', lesson: 'L3' },
    { answer: 'c', lesson: 'L4' },
  ],
  /** So much of the quiz has to be right. */
  passShare: 0.7,
  points: { lesson: 10, pass: 50, firstTry: 20 },
} as const;

export const lessonIds: readonly string[] = Object.keys(course.lessons);

/** What could be done next: the first lesson that is open; undefined: all are done. */
export const nextLesson = (done: readonly string[]): string | undefined =>
  lessonIds.find(
    (lesson) =>
      !done.includes(lesson) && (course.lessons[lesson] ?? []).every((before) => done.includes(before)),
  );

/** What an item is about; they are numbered from 1. */
export const lessonOf = (item: number): string => course.items[item - 1]?.lesson ?? '';
