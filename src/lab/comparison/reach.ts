import { unique } from '../../report/index.ts';
import type { Coupling, ServiceCoupling } from './comparison.ts';

/** Whoever reaches one of these rooms knows that there are notifications. */
const notificationRooms = ['notifications', 'delivery'];

export const knowsNotifications = ({ rooms }: ServiceCoupling): boolean =>
  rooms.some((room) => notificationRooms.includes(room));

/** The services of all architectures, in the order in which they first appear. */
export const servicesOf = (coupling: readonly Coupling[]): string[] =>
  unique(coupling.flatMap(({ services }) => services.map(({ service }) => service)));

export const serviceOf = ({ services }: Coupling, name: string): ServiceCoupling | undefined =>
  services.find(({ service }) => service === name);

/** What a service reaches in one architecture. */
export interface Reach {
  readonly rooms: readonly Reached[];
  readonly tables: readonly Reached[];
}

export interface Reached {
  readonly name: string;
  /** Not every architecture makes the service reach it: this is what the choice costs. */
  readonly isExtra: boolean;
}

/** What some services of an architecture reach, and not all architectures make them reach. */
export interface Extras {
  readonly architecture: string;
  /** Those that reach the same. */
  readonly services: readonly string[];
  readonly rooms: readonly string[];
  readonly tables: readonly string[];
}

export function extrasOf(coupling: readonly Coupling[]): Extras[] {
  return coupling.flatMap(({ architecture, services }) => {
    const groups = new Map<string, Extras>();
    for (const { service } of services) {
      const { rooms, tables } = reachOf(coupling, architecture, service);
      const extras = { rooms: extraNames(rooms), tables: extraNames(tables) };
      const key = JSON.stringify(extras);
      const others = groups.get(key)?.services ?? [];
      if (extras.rooms.length + extras.tables.length > 0)
        groups.set(key, { architecture, services: [...others, service], ...extras });
    }
    return [...groups.values()];
  });
}

const extraNames = (reached: readonly Reached[]): string[] =>
  reached.filter(({ isExtra }) => isExtra).map(({ name }) => name);

export function reachOf(coupling: readonly Coupling[], architecture: string, service: string): Reach {
  const everywhere = coupling.map((each) => serviceOf(each, service));
  const own = coupling
    .filter((each) => each.architecture === architecture)
    .map((each) => serviceOf(each, service))[0];
  const marked = (of: 'rooms' | 'tables'): Reached[] =>
    (own?.[of] ?? []).map((name) => ({
      name,
      isExtra: !everywhere.every((each) => each?.[of].includes(name)),
    }));
  return { rooms: marked('rooms'), tables: marked('tables') };
}
