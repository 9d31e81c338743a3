using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Tests.Cards;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// What people write never acts, wherever on whatever card it stands: every text of every sample is replaced by each hostile text.
/// 1. no element is one that mentions, links, broadcasts or formats, and no text object reads marks; 2. it is shown sign by sign;
/// 3. the message's own text has what begins a mention or link written out; 4. a button leads nowhere but to a web address.
/// </summary>
public sealed partial class EscapingTests
{
    private static readonly string[] Acting = ["mrkdwn", "markdown", "user", "usergroup", "channel", "team", "broadcast", "emoji", "date", "color"];

    public static TheoryData<string> Hostile =>
    [
        "§<!channel>y", "§<!here>y", "§<!everyone|hi>y", "§<@U0123456>y", "§<#C0123456|general>y", "§<!subteam^S012345>y", "§<http://evil.example|bank>y", "§<mailto:a@evil.example|me>y",
        "§ *b* y", "§ _i_ y", "§ ~s~ y", "§ `c` y", "§ ```c``` y", "§ **b** y", "§ [bank](https://evil.example) y", "§ &lt;!channel&gt; y", "§ &amp; y", "§ :tada: y", "§ @channel y", "§ @here y",
        "§ https://evil.example y", "§ \u202Efdp y", "§ & y < z > w", "§ \\*b\\* y", "§ ${key} y", "§ {{DATE(2026-11-28T10:00:00Z)}} y",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void What_people_write_is_shown_sign_by_sign_and_never_acts(string hostile)
    {
        // In a notice backticks are the product's own mark for what to type; it says nothing of people's.
        foreach (var sample in CardFiles.Samples.Keys.Where(sample => CardFiles.TemplateOf(sample) != "notice" || !hostile.Contains('`')))
        {
            var data = CardFiles.Sample(sample);
            Rewrite(data, hostile);
            var card = CardFiles.Fill(CardFiles.TemplateOf(sample), data);

            foreach (var (surface, rendered) in Rendered.Everywhere(card))
            {
                var objects = CardFiles.Objects(rendered).ToList();

                Assert.DoesNotContain(objects, element => Acting.Contains(element["type"]?.ToString()));
                Assert.DoesNotContain(objects, element => (string?)element["type"] == "link");
                Assert.All(objects.Where(element => (string?)element["type"] == "plain_text"), text => Assert.False((bool)text["emoji"]!));
                Assert.DoesNotContain(objects, element => element["url"] is { } url && url.ToString().Contains("evil"));
                // The sign of its beginning does nothing: where another sign of it had acted, it would be there without the rest.
                var (begun, whole) = (Rendered.Words(rendered).Count(sign => sign == '§'), Rendered.Words(rendered).Split(hostile).Length - 1);
                Assert.True(begun == whole, $"{sample} as a {surface} shows {begun} texts, {whole} of them as they were written.");
            }
        }
    }

    [Theory, MemberData(nameof(Hostile))]
    public void The_text_of_a_message_has_what_acts_written_out(string hostile)
    {
        foreach (var sample in CardFiles.Samples.Keys.Where(sample => !CardFiles.IsForm(CardFiles.TemplateOf(sample))))
        {
            var data = CardFiles.Sample(sample);
            Rewrite(data, hostile);

            var message = Rendered.WithCharts.Message(CardFiles.Fill(CardFiles.TemplateOf(sample), data));

            Assert.DoesNotMatch(Unescaped(), message.Text);
            var isShown = Rendered.Words(message.Blocks).Contains(hostile);
            Assert.True(!isShown || message.Text.Contains(hostile.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")), $"{sample} does not say what it shows.");
        }
    }

    private static void Rewrite(JsonNode within, string written)
    {
        foreach (var part in CardFiles.Objects(within).ToList())
        {
            foreach (var (name, value) in part.ToList())
            {
                if (value is JsonArray list)
                {
                    for (var i = 0; i < list.Count; i++)
                    {
                        list[i] = list[i] is JsonValue ? written : list[i]?.DeepClone();
                    }

                    foreach (var item in list.OfType<JsonObject>())
                    {
                        Rewrite(item, written);
                    }
                }
                else if (value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
                {
                    part[name] = written;
                }
            }
        }
    }

    [GeneratedRegex("[<>]|&(?!amp;|lt;|gt;)", RegexOptions.None, 1000)]
    private static partial Regex Unescaped();
}
