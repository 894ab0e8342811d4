import type { Generated } from 'kysely';

/** The tables as Kysely sees them. Times are milliseconds since the epoch; JSON stands in text columns. */
export interface Schema {
  customer: {
    id: string;
    name: string;
    email: string;
    phone: string | null;
    addresses: string;
    segment: string;
    locale: string;
    time_zone: string;
    preferences: string;
    quiet_start: string | null;
    quiet_end: string | null;
    erased_at: number | null;
  };
  purge_due: { since: number };
  product: { id: string; name: string; price_amount: number; currency: string };
  /** `segments`: a JSON array of their names. */
  promotion: { id: string; name: string; code: string; discount_percent: number; segments: string };
  cart_item: { product_id: string; customer_id: string; quantity: number; added_after: number };
  cart_item_before: {
    product_id: string;
    removed_after: number;
    customer_id: string;
    added_after: number;
    removed_at: number;
  };
  shop_order: { id: string; customer_id: string; status: string };
  line_item: {
    order_id: string;
    id: string;
    position: number;
    product_id: string;
    quantity: number;
    unit_amount: number;
    currency: string;
    status: string;
    tracking_number: string | null;
  };
  payment: { id: string; order_id: string; amount: number; currency: string; status: string };
  event_log: {
    position: number;
    id: string;
    type: string;
    source: string;
    subject: string;
    time: string;
    correlation_id: string;
    causation_id: string;
    schema_version: number;
    data: string;
  };
  shipment_progress: { order_id: string; line_item_id: string; rank: number; heard_at: number };
  suppression: {
    mailbox: string;
    address: string;
    reason: string;
    since: number;
    channel: string | null;
    source: string | null;
    detail: string | null;
  };
  notification: {
    seq: number;
    id: string;
    type: string;
    customer_id: string;
    subject: string;
    cause_id: string;
    correlation_id: string;
    occurred_at: number;
    requested_at: number;
    variables: string;
  };
  delivery: {
    notification_id: string;
    channel: string;
    status: string;
    reason: string | null;
    due_at: number | null;
    /** Of its notification, once it has waited. */
    request_seq: number | null;
    settled_at: number | null;
    attempts: number;
    /** Of the lives before it was re-driven. */
    attempts_before: number;
    receipt: string | null;
  };
  lease: { token: Generated<number>; until: number };
  verdict: { notification_id: string; channel: string; at: number; reason: string; until: number | null };
  subscription: { name: string; position: number };
  handled_ahead: { subscriber: string; position: number };
  message_retry: {
    subscriber: string;
    position: number;
    attempts: number;
    due_at: number;
    first_failed_at: number;
  };
  dead_message: {
    id: number;
    subscriber: string | null;
    position: number | null;
    message_id: string;
    message_type: string;
    message: string;
    error_name: string;
    error_code: string | null;
    error_message: string;
    attempts: number;
    first_failed_at: number;
    last_failed_at: number;
  };
  subscriber_state: { subscriber: string; key: string; version: number; value: string };
  message_timer: { subscriber: string; key: string; due_at: number; message_id: string; message: string };
  projection_build: {
    id: number;
    name: string;
    version: number;
    position: number;
    is_live: number;
    failed_at: number | null;
    failure: string | null;
  };
  idempotency_key: {
    key: string;
    fingerprint: string;
    begun_at: number;
    status: number | null;
    media_type: string | null;
    body: string | null;
  };
  projection_row: { build: number; key: string; value: string };
  delivery_failure: {
    notification_id: string;
    channel: string;
    error_code: string;
    error_message: string;
    first_failed_at: number;
    last_failed_at: number;
  };
  delivery_receipt: {
    channel: string;
    provider_id: string;
    status: string;
    /** The normal form of the address; empty where the provider names none. */
    recipient: string;
    /** Null as long as nothing is on record as sent under the provider's id. */
    notification_id: string | null;
    at: number | null;
    taken_at: number;
    code: string | null;
    meaning: string | null;
    suppress: string | null;
    detail: string | null;
  };
}
