export { BLOCKED_PHONE, startServers } from './check-server.js';
export { GENERAL_MUTATIONS } from './general.mutations.js';
export { LOGIN, PASSWORD, textReply } from './reference-server.js';
