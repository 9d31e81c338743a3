using System.Security.Cryptography;
using System.Text;

namespace Bot.Slack.Tests;

/// <summary>Signs as "Verifying requests from Slack" says, written anew here so that the adapter is not its own witness.</summary>
internal static class Signed
{
    public static string By(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
