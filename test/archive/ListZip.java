import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipFile;

/** Prints each entry of a zip: its name in Base64, and the SHA-256 of its content. */
class ListZip {
  public static void main(String[] args) throws Exception {
    try (var archive = new ZipFile(args[0])) {
      for (var entry : java.util.Collections.list(archive.entries())) {
        var name = Base64.getEncoder().encodeToString(entry.getName().getBytes(StandardCharsets.UTF_8));
        var content = archive.getInputStream(entry).readAllBytes();
        System.out.println(name + " " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
      }
    }
  }
}
