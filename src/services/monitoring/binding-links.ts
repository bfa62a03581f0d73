import { roomFor, widened } from '#base';

/** Which bindings a point's readings concern: a chain for each point, whose newest link is its first; −1 ends it. */
export class BindingLinks {
  /** By the point's number. */
  first = new Int32Array(1024).fill(-1);
  /** Of each link its binding, and the next link. */
  binding = new Int32Array(1024);
  next = new Int32Array(1024);
  #length = 0;

  grow(points: number): void {
    this.first = widened(new Int32Array(points).fill(-1), this.first);
  }

  add(point: number, binding: number): void {
    const link = this.#length;
    if (link === this.next.length) {
      const n = roomFor(link, link);
      this.binding = widened(new Int32Array(n), this.binding);
      this.next = widened(new Int32Array(n), this.next);
    }
    this.#length = link + 1;
    this.binding[link] = binding;
    this.next[link] = this.first[point] ?? -1;
    this.first[point] = link;
  }

  of(point: number): readonly number[] {
    const found: number[] = [];
    for (let l = this.first[point] ?? -1; l !== -1; l = this.next[l] ?? -1) found.push(this.binding[l] ?? 0);
    return found;
  }
}
