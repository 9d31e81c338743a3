using System.Net;
using System.Text.RegularExpressions;

namespace Bot.Host.Tests;

/// <summary>Takes a page apart as far as the tests need: its start tags, and the words people read.</summary>
internal static partial class Html
{
    /// <summary>Every start tag, with its attributes decoded.</summary>
    public static IEnumerable<(string Name, Dictionary<string, string> Attributes)> Tags(string html) =>
        from Match tag in StartTag().Matches(html)
        select (tag.Groups["name"].Value, Attribute().Matches(tag.Groups["rest"].Value)
            .DistinctBy(a => a.Groups["name"].Value)
            .ToDictionary(a => a.Groups["name"].Value, a => WebUtility.HtmlDecode(a.Groups["value"].Value)));

    /// <summary>What stands between the tags, decoded.</summary>
    public static string Words(string html) => WebUtility.HtmlDecode(AnyTag().Replace(html, ""));

    /// <summary>What is emphasized, as Markdown would do it.</summary>
    public static IEnumerable<string> Emphasized(string html) => Emphasis().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups["text"].Value));

    [GeneratedRegex("<(?<name>[a-zA-Z][^\\s/>]*)(?<rest>[^<>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StartTag();

    [GeneratedRegex("\\s(?<name>[^\\s=\"]+)(=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Attribute();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnyTag();

    [GeneratedRegex("<(strong|em|code)[^>]*>(?<text>[^<]*)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Emphasis();
}
