/** Who signs what we send. */
export const shop = {
  name: 'Hill & Valley Cycles',
  /** The address that mails come from. */
  sender: 'hello@shop.example',
  /** Where links lead; without a slash at the end. */
  url: 'https://shop.example',
} as const;

/** What every template may say without being given it. */
export const shopVariables = {
  shopName: shop.name,
  shopUrl: shop.url,
  cartUrl: `${shop.url}/cart`,
  preferencesUrl: `${shop.url}/account/notifications`,
} as const;
