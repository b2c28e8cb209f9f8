// Names of nodes, by which Python speaks of them.

const names = new WeakMap();
const nodes = new Map();
let last = 0;
const nameOf = (element) => {
  let name = names.get(element);
  if (name === undefined) {
    names.set(element, (name = last += 1));
    nodes.set(name, new WeakRef(element));
  }
  return name;
};
const nodeOf = (name) => nodes.get(name)?.deref();
