using System.Text.RegularExpressions;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>What a client makes of typed words: three escaped characters, and mentions as ids ("Escaping text").</summary>
internal static partial class Mentions
{
    public static string Escape(string text, Workspace workspace)
    {
        var escaped = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return Marks().Replace(escaped, mark => mark.ValueSpan[0] == '@'
            ? workspace.Members.FirstOrDefault(member => member.Name == mark.Groups["name"].Value) is { } member ? $"<@{member.Id}>" : mark.Value
            : workspace.FindChannel(mark.Value) is { } channel ? $"<#{channel.Id}|{(channel.Kind == ChannelKind.Private ? "" : channel.Name)}>" : mark.Value);
    }

    [GeneratedRegex(@"[@#](?<name>[\w-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();
}
