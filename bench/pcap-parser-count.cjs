// The peer of the benchmark: npm pcap-parser counting frames, fed with large reads.
const { createReadStream } = require('node:fs');
let frames = 0;
require('pcap-parser')
  .parse(createReadStream(process.argv[2], { highWaterMark: 1 << 20 }))
  .on('packet', () => {
    frames += 1;
  })
  .on('end', () => console.log(frames));
