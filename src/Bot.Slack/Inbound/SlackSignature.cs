using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Slack.Inbound;

/// <summary>Whether a request is Slack's ("Verifying requests from Slack"): a signature over the raw bytes of its body, of the last five minutes.</summary>
public sealed class SlackSignature
{
    private const string Version = "v0";
    private const int LongestAgeSeconds = 300;
    private static readonly int Length = Version.Length + 1 + (2 * HMACSHA256.HashSizeInBytes);
    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">An empty secret would let everybody in.</exception>
    public SlackSignature(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        _secret = Encoding.UTF8.GetBytes(secret);
    }

    /// <summary>What can be said before the body is read: the moment is of now, and something is there that may be a signature.</summary>
    public static bool MayBeGood(string timestamp, string signature, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && Math.Abs((decimal)now.ToUnixTimeMilliseconds() / 1000 - at) <= LongestAgeSeconds
        && signature.Length == Length && signature.StartsWith(Version, StringComparison.Ordinal);

    public bool IsGood(ReadOnlySpan<byte> body, string timestamp, string signature, DateTimeOffset now) =>
        MayBeGood(timestamp, signature, now) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(body, timestamp)), Encoding.UTF8.GetBytes(signature));

    private string Sign(ReadOnlySpan<byte> body, string timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
