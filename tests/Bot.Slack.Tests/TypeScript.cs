using System.Diagnostics;

namespace Bot.Slack.Tests;

/// <summary>The TypeScript compiler over the types that Slack publishes for Node (tsc --strict).</summary>
internal static class TypeScript
{
    /// <param name="source">A module; it may import from the packages of tests/node.</param>
    /// <param name="nulls">False where a null may stand for what a type leaves out.</param>
    /// <returns>What the compiler says; empty when all are of their types.</returns>
    public static async Task<string> CheckAsync(string source, bool nulls = true)
    {
        // Beside the packages, where the compiler looks for them.
        var file = Path.Combine(NodeFactAttribute.Folder!, $"check-{Guid.NewGuid():N}.mts");
        await File.WriteAllTextAsync(file, source);
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo(
                "node",
                [
                    Path.Combine(NodeFactAttribute.Folder!, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "--strict", "--strictNullChecks", nulls ? "true" : "false",
                    "--skipLibCheck", "--pretty", "false", "--module", "nodenext", "--target", "es2022", file,
                ])
            {
                UseShellExecute = false, RedirectStandardOutput = true,
            })!;
            var said = await compiler.StandardOutput.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            return said.Length == 0 && compiler.ExitCode != 0 ? $"tsc ended with {compiler.ExitCode}" : said;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
