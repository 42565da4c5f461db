// A wire between browsers and the program, which a test cuts: what is open breaks, what comes is refused.
import { connect, createServer } from "node:net";

export class Wire {
  #sockets = new Set();
  #isCut = false;

  /** Leads to an address of the program; gives the one to use instead. */
  async to(listen) {
    const [host, port] = listen.split(":");
    this.server = createServer((socket) => {
      if (this.#isCut) return socket.destroy();
      const other = connect(Number(port), host);
      for (const [one, next] of [[socket, other], [other, socket]]) {
        this.#sockets.add(one);
        one.on("error", () => next.destroy());
        one.on("close", () => {
          this.#sockets.delete(one);
          next.destroy();
        });
        one.pipe(next);
      }
      return undefined;
    });
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
