import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import type { InspectQueue } from '../../queue/job-queue.js';
import { BOARD_PATH, boardFolder, readBoardPage, type BoardPage } from './board-page.js';

const CONFIG: UIConfig = {
  boardTitle: 'Vestibule',
  miscLinks: [{ text: 'Vestibule', url: '/console' }],
};

/** A call of the board that reads. */
export interface BoardCall {
  /** Below the board, in the words of Fastify. */
  readonly path: string;
  /** @throws what the queue throws while its backend is away */
  readonly answer: (asked: {
    readonly params: Record<string, unknown>;
    readonly query: Record<string, unknown>;
  }) => Promise<ControllerHandlerReturnType>;
}

/** Bull Board as we serve it: its page, its files, and those of its calls that change nothing. */
export interface Board extends BoardPage {
  /** The addresses of the page, which are all one page. */
  readonly entries: readonly string[];
  readonly calls: readonly BoardCall[];
}

/**
 * Takes from Bull Board what it would give to a web server. Its own plugin for Fastify serves from a disk and changes queues;
 * ours does neither.
 */
class Collector implements IServerAdapter {
  queues: BullBoardQueues = new Map();
  entry: AppViewRoute | undefined;
  routes: readonly AppControllerRoute[] = [];
  config: UIConfig = {};
  onError: (error: Error) => ControllerHandlerReturnType = () => ({ status: 500, body: {} });

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }
  setViewsPath(): this {
    return this;
  }
  setStaticPath(): this {
    return this;
  }
  setEntryRoute(entry: AppViewRoute): this {
    this.entry = entry;
    return this;
  }
  setErrorHandler(handle: (error: Error) => ControllerHandlerReturnType): this {
    this.onError = handle;
    return this;
  }
  setApiRoutes(routes: AppControllerRoute[]): this {
    this.routes = routes;
    return this;
  }
  setUIConfig(config: UIConfig): this {
    this.config = config;
    return this;
  }
}

/** @param inspect gives the queue when someone looks */
export function openBoard(inspect: InspectQueue): Board {
  const collector = new Collector();
  const options = { uiBasePath: boardFolder(), uiConfig: CONFIG };
  const { replaceQueues } = createBullBoard({ queues: [], serverAdapter: collector, options });
  const { entry, routes, config } = collector;
  if (entry === undefined) throw new Error('Bull Board has no page');
  const reading = routes.filter(({ method }) => method === 'get');
  const { params } = entry.handler({ basePath: BOARD_PATH, uiConfig: config });
  return {
    ...readBoardPage(params),
    entries: [entry.route].flat(),
    calls: reading.flatMap((call) =>
      [call.route].flat().map((path) => ({
        path,
        answer: async (asked) => {
          replaceQueues([new BullMQAdapter(await inspect(), { readOnlyMode: true })]);
          return await call.handler({ ...asked, queues: collector.queues, uiConfig: config, body: {}, headers: {} });
        },
      })),
    ),
  };
}
