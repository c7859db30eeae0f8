import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.ZipFile;

/** Prints each entry of a zip: its name in Base64, the SHA-256 of its content, and its size. */
class ListZip {
  public static void main(String[] args) throws Exception {
    var lines = new StringBuilder();
    try (var archive = new ZipFile(args[0])) {
      for (var entry : Collections.list(archive.entries())) {
        var digest = MessageDigest.getInstance("SHA-256");
        long size = 0;
        try (var content = new DigestInputStream(archive.getInputStream(entry), digest)) {
          var buffer = new byte[1 << 16];
          for (int read = content.read(buffer); read > 0; read = content.read(buffer)) size += read;
        }
        var name = Base64.getEncoder().encodeToString(entry.getName().getBytes(StandardCharsets.UTF_8));
        lines.append(name + " " + HexFormat.of().formatHex(digest.digest()) + " " + size + "\n");
      }
    }
    System.out.print(lines);
  }
}
