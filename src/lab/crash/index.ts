export { playCrashAndRecover } from './crash-and-recover.ts';
export { lineToParent } from './line.ts';
export { runShop } from './run-shop.ts';
