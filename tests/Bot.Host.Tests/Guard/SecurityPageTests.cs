using System.Text.RegularExpressions;

namespace Bot.Host.Tests.Guard;

/// <summary>The table of <c>docs/security.md</c> names tests; they are there.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from somewhere within the repository.");
        }

        return folder.FullName;
    });

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(Root.Value, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllText);
        var named = Named().Matches(File.ReadAllText(Path.Combine(Root.Value, "docs", "security.md"))).ToList();

        Assert.NotEmpty(named);
        foreach (var name in named)
        {
            var (of, test) = (name.Groups["class"].Value, name.Groups["test"].Value);
            Assert.True(classes[of].Any(text => text.Contains($"class {of}", StringComparison.Ordinal) && (test.Length == 0 || text.Contains($" {test}(", StringComparison.Ordinal))), name.Value);
        }
    }

    [Fact]
    public void Every_row_of_the_table_names_one_or_says_why_not()
    {
        var rows = File.ReadLines(Path.Combine(Root.Value, "docs", "security.md")).SkipWhile(line => !line.StartsWith("| who", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();

        Assert.True(rows.Count > 20);
        Assert.All(rows, row => Assert.True(Named().IsMatch(row) || row.Contains("**Not stopped:**", StringComparison.Ordinal), row));
    }

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z]+Tests)(\\.(?<test>[A-Za-z_]+))?`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
