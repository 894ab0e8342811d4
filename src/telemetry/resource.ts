import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';

/** Whose spans and metrics they are. `serviceName` left out: as the environment says, or else `notification-architectures`. */
export const resourceOf = (serviceName?: string) =>
  defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'notification-architectures' }))
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(serviceName === undefined ? null : resourceFromAttributes({ 'service.name': serviceName }));
