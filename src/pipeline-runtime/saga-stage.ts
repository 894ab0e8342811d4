import { millisecondsInHour, millisecondsInSecond } from 'date-fns/constants';
import type { Message } from '../events/index.ts';
import { SagaStuckError } from './errors.ts';
import type { AwaitedSaga, SagaContext, SagaDefinition, SagaState, SagaStep, StepReply } from './saga.ts';
import { typesOf, unknown } from './saga.ts';
import type { Stage, StageContext } from './stage.ts';

const defaultTimeoutMs = 30 * millisecondsInSecond;
const defaultQuestions = 3;
const defaultCompensationAttempts = 10;

type Kept<Data> = SagaState<Data> | AwaitedSaga | null;

/** Its messages are named by the definition alone; the bus holds each against its schema. */
// biome-ignore lint/suspicious/noExplicitAny: a stage of any pipeline.
type SagaStage<Data> = Stage<any, any, Kept<Data>>;

/**
 * Runs a saga as one stage, which decides: it gives the commands, reads the replies, and undoes what was done when it
 * cannot go on. Where it is stands in the state of the stage under the saga's id, committed together with each message.
 * A message that no step waits for is passed over, so that what comes twice, or late, changes nothing.
 */
export function sagaStage<Data>(definition: SagaDefinition<Data>): SagaStage<Data> {
  return {
    name: definition.name,
    accepts: typesOf(definition),
    state: { initial: () => null },
    handle(message: Message, context: StageContext<Kept<Data>>) {
      const before = context.state.get();
      const run = new SagaRun(definition, message.subject, context);
      if (before !== null && before.status !== 'awaited') return run.go(before, message);
      const early = before?.early ?? [];
      const start = own(definition.starts, message.type);
      if (start !== undefined) return run.start(start({}, message), early);
      if (own(definition.facts, message.type) !== undefined)
        context.state.set({ status: 'awaited', early: [...early, message] });
      return [];
    },
  };
}

/** The reading under a type, if there is one. */
const own = <Read>(
  readings: { readonly [type: string]: Read } | undefined,
  type: string,
): Read | undefined => (readings !== undefined && Object.hasOwn(readings, type) ? readings[type] : undefined);

/** One saga, given one message. */
class SagaRun<Data> {
  readonly #definition: SagaDefinition<Data>;
  readonly #id: string;
  readonly #context: StageContext<Kept<Data>>;
  readonly #emitted: Message[] = [];

  constructor(definition: SagaDefinition<Data>, id: string, context: StageContext<Kept<Data>>) {
    this.#definition = definition;
    this.#id = id;
    this.#context = context;
  }

  /** @param early What was worth knowing before it began. */
  start(begun: Data, early: readonly Message[]): readonly Message[] {
    const { facts } = this.#definition;
    const data = early.reduce((known, fact) => own(facts, fact.type)?.(known, fact) ?? known, begun);
    const startedAtMs = this.#context.nowMs;
    this.#begin(
      {
        id: this.#id,
        status: 'running',
        step: null,
        isAsking: false,
        attempt: 1,
        tries: 1,
        done: [],
        toUndo: [],
        compensated: [],
        reason: null,
        data,
        startedAtMs,
        deadlineMs: null,
      },
      0,
    );
    return this.#emitted;
  }

  go(saga: SagaState<Data>, message: Message): readonly Message[] {
    const step = this.#stepOf(saga);
    if (step === undefined) return [];
    if (saga.status !== 'running') {
      this.#whileUndoing(saga, step, message);
      return this.#emitted;
    }
    const fact = own(this.#definition.facts, message.type);
    const reply = own(step.replies, message.type);
    if (message.type === this.#definition.alarm.type) {
      if (this.#isOver(saga)) this.#read(saga, step, saga.isAsking ? unknown : this.#timedOut(saga, step));
    } else if (reply !== undefined) {
      this.#read(saga, step, reply(saga.data, message));
    } else if (fact !== undefined) {
      this.#learn({ ...saga, data: fact(saga.data, message) }, step);
    }
    return this.#emitted;
  }

  /** Undefined: it has come to its end. */
  #stepOf({ step }: SagaState<Data>): SagaStep<Data> | undefined {
    return this.#definition.steps.find(({ name }) => name === step);
  }

  #timedOut({ data }: SagaState<Data>, step: SagaStep<Data>): StepReply<Data> {
    return step.onTimeout?.(data) ?? unknown;
  }

  /** An alarm that was set before it waited anew rings too early. */
  #isOver({ deadlineMs }: SagaState<Data>): boolean {
    return deadlineMs !== null && this.#context.nowMs >= deadlineMs;
  }

  #learn(saga: SagaState<Data>, step: SagaStep<Data>): void {
    if (step.isDone?.(saga.data)) this.#done(saga, step, saga.data);
    else this.#context.state.set(saga);
  }

  #read(saga: SagaState<Data>, step: SagaStep<Data>, reply: StepReply<Data>): void {
    if (reply.is === 'done') this.#done(saga, step, reply.data);
    else if (reply.is === 'failed') this.#undo(saga, reply.reason, saga.done);
    else if (reply.is === 'undo') this.#undo(saga, reply.reason, [...saga.done, step.name]);
    else if (reply.is === 'again') this.#again(saga, step, reply.reason);
    else this.#ask(saga, step);
  }

  #done(saga: SagaState<Data>, step: SagaStep<Data>, data: Data): void {
    const next = this.#definition.steps.indexOf(step) + 1;
    this.#begin({ ...saga, data, done: [...saga.done, step.name] }, next);
  }

  /** Begins the step at this place, or the first behind it that is left to do. */
  #begin(saga: SagaState<Data>, place: number): void {
    const step = this.#definition.steps[place];
    if (step === undefined) {
      this.#end({ ...saga, status: 'completed' });
      this.#say(this.#definition.onCompleted?.(saga.data, this.#sagaContext('completed', 1)));
    } else if (step.isDone?.(saga.data)) this.#done(saga, step, saga.data);
    else this.#command({ ...saga, step: step.name, attempt: 1 }, step);
  }

  #command(saga: SagaState<Data>, step: SagaStep<Data>): void {
    this.#say(step.command?.(saga.data, this.#sagaContext(step.name, saga.attempt)));
    this.#wait({ ...saga, isAsking: false, tries: 1 }, this.#timeoutMs(saga, step));
  }

  #again(saga: SagaState<Data>, step: SagaStep<Data>, reason: string): void {
    if (saga.attempt >= (step.attempts ?? 1)) this.#undo(saga, reason, saga.done);
    else this.#command({ ...saga, attempt: saga.attempt + 1 }, step);
  }

  /** Before it is tried again, it is asked about; where nobody can say, it is undone. */
  #ask(saga: SagaState<Data>, step: SagaStep<Data>): void {
    const tries = saga.isAsking ? saga.tries + 1 : 1;
    if (step.ask !== undefined && tries <= (step.questions ?? defaultQuestions)) {
      this.#say(step.ask(saga.data, this.#sagaContext(step.name, tries)));
      this.#wait({ ...saga, isAsking: true, tries }, this.#timeoutMs(saga, step));
    } else if (step.ask === undefined && saga.attempt < (step.attempts ?? 1)) {
      this.#command({ ...saga, attempt: saga.attempt + 1 }, step);
    } else {
      this.#undo(saga, `${step.name}_unknown`, [...saga.done, step.name]);
    }
  }

  #undo(saga: SagaState<Data>, reason: string, names: readonly string[]): void {
    const toUndo = names.toReversed().filter((name) => this.#named(name)?.compensate !== undefined);
    this.#undoNext({ ...saga, status: 'compensating', reason, toUndo, isAsking: false, tries: 1 });
  }

  #undoNext(saga: SagaState<Data>): void {
    const [name] = saga.toUndo;
    const step = name === undefined ? undefined : this.#named(name);
    if (name === undefined || step === undefined) {
      this.#end({ ...saga, status: 'cancelled' });
      const context = this.#sagaContext('cancelled', 1);
      this.#say(this.#definition.onCancelled?.(saga.data, saga.reason ?? '', context));
      return;
    }
    this.#say(step.compensate?.(saga.data, this.#sagaContext(name, saga.tries)));
    const begun = { ...saga, step: name };
    if (step.compensated === undefined) this.#undone(begun, name);
    else this.#wait(begun, this.#backOffMs(begun, step));
  }

  #undone(saga: SagaState<Data>, name: string): void {
    const [, ...toUndo] = saga.toUndo;
    const compensated = [...saga.compensated, name];
    this.#undoNext({ ...saga, status: 'compensating', toUndo, compensated, tries: 1 });
  }

  #whileUndoing(saga: SagaState<Data>, step: SagaStep<Data>, message: Message): void {
    if (step.compensated?.includes(message.type)) this.#undone(saga, step.name);
    else if (message.type === this.#definition.alarm.type) this.#undoAgain(saga, step);
  }

  #undoAgain(saga: SagaState<Data>, step: SagaStep<Data>): void {
    const most = this.#definition.compensationAttempts ?? defaultCompensationAttempts;
    // Handed to it once more by a person: it begins again.
    if (saga.status === 'stuck') this.#undoNext({ ...saga, status: 'compensating', tries: 1 });
    else if (this.#isOver(saga) && saga.tries < most) this.#undoNext({ ...saga, tries: saga.tries + 1 });
    else if (this.#isOver(saga)) this.#stick(saga, step, most);
  }

  #stick(saga: SagaState<Data>, step: SagaStep<Data>, attempts: number): void {
    this.#context.state.set({ ...saga, status: 'stuck', deadlineMs: null });
    this.#context.deadLetter(new SagaStuckError(this.#id, step.name, attempts));
    this.#say(this.#definition.onStuck?.(saga.data, step.name, this.#sagaContext(step.name, saga.tries)));
  }

  #end(saga: SagaState<Data>): void {
    this.#context.cancel(this.#id);
    this.#context.state.set({ ...saga, step: null, isAsking: false, deadlineMs: null });
  }

  #wait(saga: SagaState<Data>, ms: number): void {
    const { state, at, begin, nowMs } = this.#context;
    const deadlineMs = nowMs + ms;
    state.set({ ...saga, deadlineMs });
    at(this.#id, deadlineMs, begin(this.#definition.alarm, { sagaId: this.#id }));
  }

  #timeoutMs({ data }: SagaState<Data>, { timeoutMs = defaultTimeoutMs }: SagaStep<Data>): number {
    return typeof timeoutMs === 'number' ? timeoutMs : timeoutMs(data, this.#context.nowMs);
  }

  #backOffMs(saga: SagaState<Data>, step: SagaStep<Data>): number {
    return Math.min(millisecondsInHour, this.#timeoutMs(saga, step) * 2 ** (saga.tries - 1));
  }

  #named(name: string): SagaStep<Data> | undefined {
    return this.#definition.steps.find((step) => step.name === name);
  }

  #say(messages: readonly Message[] = []): void {
    this.#emitted.push(...messages);
  }

  #sagaContext(step: string, attempt: number): SagaContext {
    const { begin: make, nowMs } = this.#context;
    return { make, nowMs, attempt, key: `${this.#id}:${step}` };
  }
}
