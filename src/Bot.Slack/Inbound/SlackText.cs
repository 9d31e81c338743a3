using System.Text.RegularExpressions;

namespace Bot.Slack.Inbound;

/// <summary>What people typed, without the marks Slack puts into it ("Escaping text").</summary>
internal static partial class SlackText
{
    /// <summary>A channel becomes its id, a person their name, a link its address; the three escaped characters are themselves again.</summary>
    public static string Plain(string text) => Marks()
        .Replace(text, mark => mark.Groups["kind"].Value switch
        {
            "#" => mark.Groups["id"].Value,
            "@" => "@" + (mark.Groups["label"] is { Success: true, Length: > 0 } label ? label.Value : mark.Groups["id"].Value),
            _ => mark.Groups["label"] is { Success: true, Length: > 0 } label ? label.Value : mark.Groups["id"].Value,
        })
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Trim();

    /// <summary>Words to the bot: without its mention at the beginning, and without the command somebody may be used to type.</summary>
    public static string ToBot(string text, string botUserId)
    {
        var words = text.Trim();
        foreach (var mention in new[] { $"<@{botUserId}>", $"<@{botUserId}|" })
        {
            if (words.StartsWith(mention, StringComparison.Ordinal))
            {
                words = words[(words.IndexOf('>', StringComparison.Ordinal) + 1)..].TrimStart();
            }
        }

        words = Plain(words);
        return words.StartsWith("/pilot", StringComparison.OrdinalIgnoreCase) ? words["/pilot".Length..].TrimStart() : words;
    }

    [GeneratedRegex(@"<(?<kind>[@#!]?)(?<id>[^<>|]*)(\|(?<label>[^<>]*))?>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();
}
