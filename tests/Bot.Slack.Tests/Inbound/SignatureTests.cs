using System.Text;
using Bot.Slack.Inbound;

namespace Bot.Slack.Tests.Inbound;

// The signature over raw bytes: Slack's documented vector; both sides of 300 seconds; a byte changed anywhere; odd stamps and signatures; an empty secret.
public sealed class SignatureTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Stamp = "1531420618";
    private const string Good = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public void The_documented_vector_is_good()
    {
        Assert.Equal(362, Body.Length);
        Assert.True(IsGood());
    }

    [Theory]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(301_000, false)]
    [InlineData(3_600_000, false)]
    [InlineData(-300_000, true)]
    [InlineData(-300_001, false)]
    [InlineData(-3_600_000, false)]
    public void A_stamp_is_good_for_three_hundred_seconds_on_either_side(int millisecondsLater, bool isGood) => Assert.Equal(isGood, IsGood(now: At.AddMilliseconds(millisecondsLater)));

    [Fact]
    public void A_byte_changed_anywhere_in_the_body_is_refused()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var changed = Encoding.UTF8.GetBytes(Body);
            changed[i] ^= 1;

            Assert.False(new SlackSignature(Secret).IsGood(changed, Stamp, Good, At));
        }
    }

    [Fact]
    public void A_body_with_a_byte_more_or_less_is_refused()
    {
        Assert.False(IsGood(body: Body + "&"));
        Assert.False(IsGood(body: Body[..^1]));
        Assert.False(IsGood(body: ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v0=")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503,v0=x")]
    [InlineData("v0=й2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void A_signature_that_is_not_exactly_Slacks_is_refused(string signature) => Assert.False(IsGood(signature: signature));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-1531420618")]
    [InlineData("+1531420618")]
    [InlineData(" 1531420618")]
    [InlineData("1531420618.0")]
    [InlineData("01531420618")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("١٥٣١٤٢٠٦١٨")]
    public void A_stamp_that_is_not_the_signed_one_is_refused(string stamp) => Assert.False(IsGood(stamp: stamp));

    [Fact]
    public void Another_secret_is_refused() => Assert.False(new SlackSignature(Secret + "0").IsGood(Encoding.UTF8.GetBytes(Body), Stamp, Good, At));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_secret_cannot_start(string secret) => Assert.Throws<ArgumentException>(() => new SlackSignature(secret));

    private static bool IsGood(string body = Body, string stamp = Stamp, string signature = Good, DateTimeOffset? now = null) =>
        new SlackSignature(Secret).IsGood(Encoding.UTF8.GetBytes(body), stamp, signature, now ?? At);
}
