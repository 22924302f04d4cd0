import { createProgramme } from './programme.mjs';
import { createProgrammeServer } from './serve.mjs';

const { CARD_PROGRAM_KEY: key, PORT: port = '8070' } = process.env;
if (!key) {
  console.error('set CARD_PROGRAM_KEY to the key that the gateway signs with');
  process.exit(1);
}
const server = createProgrammeServer(createProgramme(), key);
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`the programme listens on http://127.0.0.1:${server.address().port}`);
});
