using System.Security.Cryptography;
using System.Text;

namespace Bot.Chat;

/// <summary>An e-mail address as a platform gave it, to tell whether two people are one. It is never stored, and says nothing of itself where it is written out.</summary>
public readonly record struct EmailAddress
{
    private const int MaxLength = 320;
    private readonly string _address;

    private EmailAddress(string address) => _address = address;

    /// <summary>Null for what is no address. Blanks around it and the case of its letters are no matter.</summary>
    public static EmailAddress? Read(string? text) =>
        text?.Trim() is { Length: > 2 and <= MaxLength } trimmed && trimmed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == trimmed.LastIndexOf('@') && at < trimmed.Length - 1
            ? new EmailAddress(trimmed.ToLowerInvariant()) : null;

    /// <summary>HMAC-SHA256 in hexadecimal: the same for equal addresses under one key, and of no use without it.</summary>
    public string Fingerprint(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(_address)));

    public override string ToString() => "(an e-mail address)";
}
