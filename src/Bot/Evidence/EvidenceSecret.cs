using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Evidence;

/// <summary>The text of a key: shown once and never kept, only its hash is.</summary>
public static class EvidenceSecret
{
    private const string Prefix = "ap_";
    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 in hexadecimal. A key is 256 random bits, so that no slower hash would add anything.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>In a time that tells nothing about where they differ.</summary>
    public static bool AreEqual(string hash, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
