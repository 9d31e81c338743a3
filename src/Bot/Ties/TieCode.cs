using System.Security.Cryptography;
using System.Text;

namespace Bot.Ties;

/// <summary>The text of a one-time code: 130 random bits in letters and digits that nobody takes for one another.</summary>
public static class TieCode
{
    private const string Prefix = "tie-";
    private const string Letters = "abcdefghjkmnpqrstuvwxyz023456789";
    private const int Length = 26;

    public static string New() => Prefix + RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>SHA-256 in hexadecimal, of the code in small letters.</summary>
    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.ToLowerInvariant())));

    /// <summary>What was typed: perhaps an initiative's name, and behind it perhaps a code.</summary>
    public static (string Named, string? Code) Read(string typed)
    {
        var last = typed.LastIndexOf(' ') + 1;
        return typed[last..].StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? (typed[..last].TrimEnd(), typed[last..]) : (typed, null);
    }
}
