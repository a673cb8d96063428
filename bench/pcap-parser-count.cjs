// The peer of the benchmark: npm pcap-parser counting frames.
let frames = 0;
require('pcap-parser')
  .parse(process.argv[2])
  .on('packet', () => {
    frames += 1;
  })
  .on('end', () => console.log(frames));
